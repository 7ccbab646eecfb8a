/** Where things are: paths followed for real, and what is known of them. */
package dev.fuse.tool.fs.place;
