import org.jspecify.annotations.NullMarked;

/** The contract with plugins, and what turns one prompt into one answer. */
@NullMarked
module dev.fuse.core {
  requires org.yaml.snakeyaml;
  requires static org.jspecify;

  exports dev.fuse.agent to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.boundary to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.brief to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.inventory to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.gate to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.plugin to
      dev.fuse.cli;
  exports dev.fuse.rule to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.run to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.scenario to
      dev.fuse.cli,
      dev.fuse.testkit;
  exports dev.fuse.spi;
  exports dev.fuse.text;

  uses dev.fuse.spi.FusePlugin;
}
