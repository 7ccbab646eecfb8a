/** Rules about calls, as people write them. */
package dev.fuse.rule;
