package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether names can be resolved at all, as far as that is seen without asking another machine. */
public record NameCheck(Path resolver) implements MachineCheck {

  @Override
  public String name() {
    return "name resolution (configuration only)";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    try {
      var local = InetAddress.getByName("localhost");
      if (!local.isLoopbackAddress()) {
        found.add(
            Finding.error(
                "localhost",
                "localhost is " + local.getHostAddress(),
                "/etc/hosts is wrong",
                "make it 127.0.0.1 in /etc/hosts"));
      }
    } catch (UnknownHostException e) {
      found.add(
          Finding.error(
              "localhost",
              "localhost cannot be resolved",
              "/etc/hosts lacks it",
              "add '127.0.0.1 localhost' to /etc/hosts"));
    }
    try {
      if (Files.exists(resolver)
          && Files.readAllLines(resolver).stream()
              .noneMatch(line -> line.strip().startsWith("nameserver"))) {
        found.add(
            Finding.error(
                "DNS",
                resolver + " names no nameserver",
                "no name outside /etc/hosts can be resolved",
                "restart the network or its resolver"));
      }
    } catch (IOException e) {
      found.add(Finding.info("DNS", resolver + " cannot be read").notChecked("name servers"));
    }
    return found;
  }
}
