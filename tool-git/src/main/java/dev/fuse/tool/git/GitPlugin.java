package dev.fuse.tool.git;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import dev.fuse.tool.git.change.BisectChange;
import dev.fuse.tool.git.change.BranchChange;
import dev.fuse.tool.git.change.Change;
import dev.fuse.tool.git.change.ChangeTool;
import dev.fuse.tool.git.change.CommitChange;
import dev.fuse.tool.git.change.ContinueChange;
import dev.fuse.tool.git.change.FetchChange;
import dev.fuse.tool.git.change.IntegrateChange;
import dev.fuse.tool.git.change.PullChange;
import dev.fuse.tool.git.change.PushChange;
import dev.fuse.tool.git.change.ResetChange;
import dev.fuse.tool.git.change.RestoreChange;
import dev.fuse.tool.git.change.StageChange;
import dev.fuse.tool.git.change.StashChange;
import dev.fuse.tool.git.change.TagChange;
import dev.fuse.tool.git.diagnose.Diagnosis;
import dev.fuse.tool.git.look.BlameReading;
import dev.fuse.tool.git.look.BranchesReading;
import dev.fuse.tool.git.look.ConflictsReading;
import dev.fuse.tool.git.look.DiffReading;
import dev.fuse.tool.git.look.ListReading;
import dev.fuse.tool.git.look.LogReading;
import dev.fuse.tool.git.look.ReadTool;
import dev.fuse.tool.git.look.Reading;
import dev.fuse.tool.git.look.ShowReading;
import dev.fuse.tool.git.look.StatusReading;
import dev.fuse.tool.git.repo.Place;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Git repositories on this machine. */
public final class GitPlugin implements FusePlugin {

  static {
    // When it starts with the JVM, its libraries are on the class path, and those that Fuse has as
    // well are modules. The JVM's --add-reads says so too, and is forgotten where the modules come
    // from an AOT cache.
    var own = GitPlugin.class.getModule();
    own.addReads(GitPlugin.class.getClassLoader().getUnnamedModule());
    if (own.getLayer() == ModuleLayer.boot()) {
      for (var module : ModuleLayer.boot().modules()) {
        own.addReads(module);
      }
    }
  }

  private final Place place = new Place(Clock.systemUTC());

  @Override
  public String name() {
    return "git";
  }

  @Override
  public String description() {
    return "Git repositories: history, changes, branches, what is wrong with them, commits";
  }

  @Override
  public void open(PluginContext context) {
    place.open(context);
  }

  @Override
  public List<InventorySource> inventory() {
    return List.of(new RepositoryNames());
  }

  @Override
  public List<String> coordinates() {
    return List.of("repository", "branch", "ref", "remote", "to", "url", "program", "path", "name");
  }

  @Override
  public List<Tool> tools() {
    var readings =
        List.<Reading>of(
            new StatusReading(place.clock()),
            new LogReading(place.clock()),
            new ShowReading(place.clock()),
            new DiffReading(place.clock()),
            new BlameReading(place.clock()),
            new BranchesReading(place.clock()),
            new ListReading(),
            new ConflictsReading(),
            new Diagnosis(place));
    var changes =
        List.<Change>of(
            new CommitChange(place.clock()),
            new StageChange(place.clock()),
            new RestoreChange(place.clock()),
            new StashChange(place.clock()),
            new BranchChange(),
            new TagChange(),
            new ResetChange(place.clock()),
            new IntegrateChange(),
            new ContinueChange(place.clock()),
            new FetchChange(),
            new PullChange(),
            new PushChange(),
            new BisectChange(place));
    return Stream.<Tool>concat(
            readings.stream().map(reading -> new ReadTool(place, reading)),
            changes.stream().map(change -> new ChangeTool(place, change)))
        .toList();
  }
}
