/** What can be wrong with this machine: {@code system_diagnose} and its checks. */
package dev.fuse.tool.fs.machine.check;
