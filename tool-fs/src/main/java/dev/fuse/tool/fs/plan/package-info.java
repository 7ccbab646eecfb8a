/** Many moves, copies and deletions as one plan. */
package dev.fuse.tool.fs.plan;
