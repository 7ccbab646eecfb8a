/** Archives, listed and unpacked. */
package dev.fuse.tool.fs.archive;
