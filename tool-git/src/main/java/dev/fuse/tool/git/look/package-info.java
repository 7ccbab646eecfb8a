/** The tools that only look at a repository. */
package dev.fuse.tool.git.look;
