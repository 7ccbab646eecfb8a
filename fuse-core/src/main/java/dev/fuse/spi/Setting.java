package dev.fuse.spi;

/**
 * A key that a plugin understands.
 *
 * @param key kebab case, below {@code plugins.<name>.}
 * @param value its type, description and default
 */
public record Setting(String key, Schema value) {}
