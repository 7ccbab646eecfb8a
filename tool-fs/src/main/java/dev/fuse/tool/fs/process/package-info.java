/** Programs that run, are started or ended. */
package dev.fuse.tool.fs.process;
