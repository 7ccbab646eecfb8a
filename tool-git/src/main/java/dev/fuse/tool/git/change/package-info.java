/** The tools that change a repository, through the git on the PATH. */
package dev.fuse.tool.git.change;
