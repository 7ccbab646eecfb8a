/** Looks around once and writes what connects a person's world: the environment profile. */
package dev.fuse.cli.init;
