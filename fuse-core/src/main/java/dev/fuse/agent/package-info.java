/** One prompt to one answer: the loop, its turn, its events. */
package dev.fuse.agent;
