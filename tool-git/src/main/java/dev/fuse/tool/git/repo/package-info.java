/** An open repository and what is read from it by every tool. */
package dev.fuse.tool.git.repo;
