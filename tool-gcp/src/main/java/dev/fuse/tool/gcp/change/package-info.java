/** Changes: each shows what will be different, and is refused if it is already another. */
package dev.fuse.tool.gcp.change;
