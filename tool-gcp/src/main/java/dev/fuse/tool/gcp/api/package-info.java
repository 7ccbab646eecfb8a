/** Google's APIs as one client: credentials, endpoints, requests, errors. */
package dev.fuse.tool.gcp.api;
