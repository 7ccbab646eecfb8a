/** What is wrong with a repository: {@code git_diagnose} and its checks. */
package dev.fuse.tool.git.diagnose;
