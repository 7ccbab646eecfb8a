package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import java.util.List;

/** One thing that {@code system_diagnose} looks at. */
public interface MachineCheck {

  /** What is looked at, in words that follow "checked" and "not checked". */
  String name();

  List<Finding> findings();
}
