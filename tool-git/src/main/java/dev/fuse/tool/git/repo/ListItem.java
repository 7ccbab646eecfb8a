package dev.fuse.tool.git.repo;

import java.util.Map;

/** One thing in a list: its name, the line that shows it, and its data. */
public record ListItem(String name, String line, Map<String, Object> data) {}
