/** Words for people and terminals: spelling, patterns for names, what may be printed. */
package dev.fuse.text;
