package dev.fuse.tool.github.workflow;

/**
 * A place that reads a secret or a variable.
 *
 * @param context {@code secrets} or {@code vars}
 * @param name upper case; empty where an expression makes it
 * @param where such as {@code step "Deploy"}
 * @param key the key that takes the value, such as {@code credentials_json} or {@code run}
 * @param optional whether the expression provides for an empty value
 */
public record Reference(String context, String name, String where, String key, boolean optional) {

  public boolean secret() {
    return context.equals("secrets");
  }

  /** Whether only a run knows its name. */
  public boolean dynamic() {
    return name.isEmpty();
  }
}
