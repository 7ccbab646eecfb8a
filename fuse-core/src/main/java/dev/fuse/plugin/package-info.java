/** Finding, describing, isolating, storing plugins. */
package dev.fuse.plugin;
