package dev.fuse.tool.fs;

/** What a variable that names a proxy may be shown as. */
final class ProxyText {

  private ProxyText() {}

  /** Without the password that a proxy's URL may hold. */
  static String shown(String proxy) {
    return Shown.line(proxy.replaceAll("//[^/@]+@", "//…@"), 200);
  }
}
