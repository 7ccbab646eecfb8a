package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Shown;

/** What a variable that names a proxy may be shown as. */
public final class ProxyText {

  private ProxyText() {}

  /** Without the password that a proxy's URL may hold. */
  public static String shown(String proxy) {
    return Shown.line(proxy.replaceAll("//[^/@]+@", "//…@"), 200);
  }
}
