/** A request becomes a call, and the call runs within its bounds. */
package dev.fuse.run;
