/** Calls are ruled on, and the person is asked. */
package dev.fuse.gate;
