/** What there is in Google Cloud: resources, policies, accounts, clusters, logs. */
package dev.fuse.tool.gcp.look;
