/** From a pod to the resource it is refused, hop by hop. */
package dev.fuse.tool.gcp.diagnose;
