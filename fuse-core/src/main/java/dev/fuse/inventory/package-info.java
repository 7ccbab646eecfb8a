/** The names of a person's world, kept and linked with questions. */
package dev.fuse.inventory;
