package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import java.io.IOException;
import java.util.List;

/** Looks for one kind of thing that makes Git answer other than a person expects. */
@FunctionalInterface
interface Check {

  List<Finding> findings(World world) throws IOException;
}
