package dev.fuse.tool.fs;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.fs.archive.ExtractArchive;
import dev.fuse.tool.fs.archive.ListArchive;
import dev.fuse.tool.fs.file.EditFile;
import dev.fuse.tool.fs.file.FindFiles;
import dev.fuse.tool.fs.file.FolderSizes;
import dev.fuse.tool.fs.file.GetValue;
import dev.fuse.tool.fs.file.ListFiles;
import dev.fuse.tool.fs.file.ReadFile;
import dev.fuse.tool.fs.file.RestoreFiles;
import dev.fuse.tool.fs.file.SearchFiles;
import dev.fuse.tool.fs.file.StatFiles;
import dev.fuse.tool.fs.file.WriteFile;
import dev.fuse.tool.fs.machine.SystemEnvironment;
import dev.fuse.tool.fs.machine.SystemFacts;
import dev.fuse.tool.fs.machine.SystemReach;
import dev.fuse.tool.fs.machine.SystemServices;
import dev.fuse.tool.fs.machine.check.SystemDiagnosis;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.PlacedTool;
import dev.fuse.tool.fs.plan.PlanFiles;
import dev.fuse.tool.fs.process.KillProcess;
import dev.fuse.tool.fs.process.ListProcesses;
import dev.fuse.tool.fs.process.RunProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files and the machine they lie on. */
public final class FsPlugin implements FusePlugin {

  static {
    // When it starts with the JVM, its libraries are on the class path, and those that Fuse has as
    // well are modules. The JVM's --add-reads says so too, and is forgotten where the modules come
    // from an AOT cache.
    var own = FsPlugin.class.getModule();
    own.addReads(FsPlugin.class.getClassLoader().getUnnamedModule());
    if (own.getLayer() == ModuleLayer.boot()) {
      for (var module : ModuleLayer.boot().modules()) {
        own.addReads(module);
      }
    }
  }

  private volatile @Nullable Place place;

  @Override
  public String name() {
    return "fs";
  }

  @Override
  public String description() {
    return "Files, and the machine they lie on";
  }

  @Override
  public List<String> prefixes() {
    return List.of("fs", "system", "process");
  }

  @Override
  public void open(PluginContext context) {
    place = Place.of(context);
  }

  @Override
  public List<String> coordinates() {
    return List.of(
        "path", "to", "program", "pid", "host", "port", "env", "stdin", Target.RUNS_LATER);
  }

  /** The bodies are named by lambdas, so that describing the tools loads none of their classes. */
  @Override
  public List<Tool> tools() {
    return List.of(
        tool(FileSpecs.list(), (at, arguments, call) -> ListFiles.prepare(at, arguments)),
        tool(FileSpecs.read(), (at, arguments, call) -> ReadFile.prepare(at, arguments)),
        tool(FileSpecs.search(), (at, arguments, call) -> SearchFiles.prepare(at, arguments)),
        tool(FileSpecs.find(), (at, arguments, call) -> FindFiles.prepare(at, arguments)),
        tool(FileSpecs.stat(), (at, arguments, call) -> StatFiles.prepare(at, arguments)),
        tool(FileSpecs.usage(), (at, arguments, call) -> FolderSizes.prepare(at, arguments)),
        tool(FileSpecs.get(), (at, arguments, call) -> GetValue.prepare(at, arguments)),
        tool(FileSpecs.archiveList(), (at, arguments, call) -> ListArchive.prepare(at, arguments)),
        tool(FileSpecs.write(), (at, arguments, call) -> WriteFile.prepare(at, arguments)),
        tool(FileSpecs.edit(), (at, arguments, call) -> EditFile.prepare(at, arguments, call)),
        tool(
            FileSpecs.editMany(),
            (at, arguments, call) -> EditFile.prepareMany(at, arguments, call)),
        tool(FileSpecs.plan(), (at, arguments, call) -> PlanFiles.prepare(at, arguments)),
        tool(
            FileSpecs.archiveExtract(),
            (at, arguments, call) -> ExtractArchive.prepare(at, arguments)),
        tool(
            FileSpecs.restore(),
            (at, arguments, call) -> RestoreFiles.prepare(at, arguments, call)),
        tool(ProcessSpecs.list(), (at, arguments, call) -> ListProcesses.prepare(at, arguments)),
        tool(ProcessSpecs.run(), (at, arguments, call) -> RunProgram.prepare(at, arguments)),
        tool(ProcessSpecs.kill(), (at, arguments, call) -> KillProcess.prepare(at, arguments)),
        tool(
            SystemSpecs.environment(),
            (at, arguments, call) -> SystemEnvironment.prepare(at, arguments)),
        tool(
            SystemSpecs.services(), (at, arguments, call) -> SystemServices.prepare(at, arguments)),
        tool(SystemSpecs.reach(), (at, arguments, call) -> SystemReach.prepare(at, arguments)),
        tool(SystemSpecs.facts(), (at, arguments, call) -> SystemFacts.prepare(at, arguments)),
        tool(
            SystemSpecs.diagnose(),
            (at, arguments, call) -> SystemDiagnosis.prepare(at, arguments)));
  }

  private Tool tool(ToolSpec spec, PlacedTool.Preparation preparation) {
    return new PlacedTool(spec, this::place, preparation);
  }

  private Place place() {
    var opened = place;
    if (opened == null) {
      throw new IllegalStateException("plugin 'fs' is called before it is opened");
    }
    return opened;
  }
}
