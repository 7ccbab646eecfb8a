/** What the model is told and offered. */
package dev.fuse.brief;
