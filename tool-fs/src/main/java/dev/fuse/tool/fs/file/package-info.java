/** Files and folders: finding, reading and changing them. */
package dev.fuse.tool.fs.file;
