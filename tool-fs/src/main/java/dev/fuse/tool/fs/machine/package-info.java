/** What this machine tells of itself, and the tools that ask it. */
package dev.fuse.tool.fs.machine;
