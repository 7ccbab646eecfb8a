/** The tool contract, a scripted model server, a temporary home. */
package dev.fuse.testkit;
