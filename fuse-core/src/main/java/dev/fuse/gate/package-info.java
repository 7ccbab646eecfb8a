/** A request becomes a call with effects, and is let through or not. */
package dev.fuse.gate;
