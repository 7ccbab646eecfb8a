/** One prompt to one answer. */
package dev.fuse.agent;
