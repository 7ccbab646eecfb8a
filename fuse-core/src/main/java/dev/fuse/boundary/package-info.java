/** What stands between the world and a model: masks, cuts, keeps. */
package dev.fuse.boundary;
