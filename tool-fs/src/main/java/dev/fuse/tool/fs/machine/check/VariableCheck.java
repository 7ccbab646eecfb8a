package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.ProxyText;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Variables whose form is not the one that programs read. */
record VariableCheck(Map<String, String> environment, String question) implements MachineCheck {

  @Override
  public String name() {
    return "form of variables";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    for (var name : List.of("NO_PROXY", "no_proxy")) {
      exceptions(name, found);
    }
    for (var name : List.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy")) {
      var value = value(name);
      if (value.startsWith("https://") && asked("proxy|tls|ssl|connect")) {
        found.add(
            Finding.warning(
                name,
                name + "=" + ProxyText.shown(value),
                "TLS is spoken to the proxy itself, which few proxies and programs can",
                "write http://, also for HTTPS_PROXY"));
      }
    }
    folders(found);
    if (environment.containsKey("HTTP_PROXY")
        && !environment.containsKey("http_proxy")
        && asked("curl|wget|proxy")) {
      found.add(
          Finding.warning(
              "HTTP_PROXY",
              "HTTP_PROXY is set and http_proxy is not",
              "curl and others read http_proxy only in lower case",
              "export http_proxy=\"$HTTP_PROXY\""));
    }
    return found;
  }

  private void exceptions(String name, List<Finding> found) {
    for (var part : value(name).split(",", -1)) {
      var one = part.strip();
      if (one.isEmpty() || one.equals("*")) {
        continue;
      }
      var right =
          one.replaceFirst("^\\w+://", "").replaceFirst("^\\*\\.?", ".").replaceFirst("/$", "");
      String why;
      if (one.contains("*")) {
        why = "a wildcard (*) that curl, Git and others do not match";
      } else if (one.contains("://")) {
        why = "a scheme, which no host name has, so it does not match";
      } else if (!part.equals(one) || one.contains(" ") || one.contains(";")) {
        why = "a space or semicolon where some programs want a comma only";
        right = one.replaceAll("[;\\s]+", ",");
      } else if (one.contains("/") && !one.matches("[\\d.:a-fA-F]+/\\d+")) {
        why = "a path, which no host name has, so it does not match";
      } else {
        continue;
      }
      found.add(
          Finding.warning(
              name,
              "%s has '%s' (in %s)".formatted(name, one, ProxyText.shown(value(name))),
              "the exception is written with "
                  + why
                  + ", so such hosts go through the proxy"
                  + proxy(),
              "write " + right + " in " + name));
    }
  }

  private String proxy() {
    for (var name : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")) {
      if (!value(name).isEmpty()) {
        return " (" + name + "=" + ProxyText.shown(value(name)) + ")";
      }
    }
    return "";
  }

  private void folders(List<Finding> found) {
    for (var name : List.of("JAVA_HOME", "GRADLE_HOME", "MAVEN_HOME", "GOROOT", "ANDROID_HOME")) {
      var value = value(name);
      if (value.isEmpty() || !isPath(value)) {
        continue;
      }
      var path = Path.of(value);
      var wrong =
          !Files.isDirectory(path)
              ? "which is not a folder that exists"
              : path.endsWith("bin") ? "which is the bin folder inside it" : "";
      if (!wrong.isEmpty()) {
        found.add(
            Finding.error(
                name,
                name + "=" + Shown.name(value) + ", " + wrong,
                "programs look for bin/ below it and do not find it",
                "set " + name + " to the folder that holds bin"));
      }
    }
    if (asked("command not found|not found|wrong version|which|path|shadow")) {
      for (var one : value("PATH").split(":", -1)) {
        if (!one.startsWith("/")) {
          found.add(
              Finding.warning(
                  "PATH",
                  "PATH has the entry '" + Shown.line(one, 100) + "'",
                  one.startsWith("~")
                      ? "a quoted ~ is not replaced, so that folder is not searched"
                      : "a relative or empty entry means the current folder, another in each place",
                  "write it as an absolute path"));
        }
      }
    }
    for (var name : List.of("LC_ALL", "LANG")) {
      if (asked("locale|utf-?8|encoding|unicode|ascii|setlocale|umlaut")) {
        var value = value(name);
        if (value.isEmpty() || value.equals("C") || value.equals("POSIX")) {
          found.add(
              Finding.warning(
                  name,
                  name + (value.isEmpty() ? " is not set" : "=" + value),
                  "programs take text for ASCII",
                  "export " + name + "=C.UTF-8"));
        }
      }
    }
    for (var name :
        List.of(
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "PYTHONHOME",
            "PYTHONPATH",
            "NODE_OPTIONS",
            "JAVA_TOOL_OPTIONS",
            "GOFLAGS",
            "NODE_PATH")) {
      var value = value(name);
      var program = name.replaceFirst("_.*", "").replace("HOME", "").replace("PATH", "");
      if (!value.isEmpty()
          && asked(name + "|" + program.toLowerCase(Locale.ROOT) + "|library|module")) {
        found.add(
            Finding.warning(
                name,
                name + "=" + Shown.line(ProxyText.shown(value), 200),
                "it changes what every such program loads",
                "unset " + name + " and try again"));
      }
    }
  }

  private boolean asked(String words) {
    return java.util.regex.Pattern.compile("(?i)" + words).matcher(question).find();
  }

  private static boolean isPath(String text) {
    try {
      return Path.of(text).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String value(String name) {
    return environment.getOrDefault(name, "");
  }
}
