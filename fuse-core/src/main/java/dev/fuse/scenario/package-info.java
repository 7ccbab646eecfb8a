/** Scenario files, context match, classification. */
package dev.fuse.scenario;
