package dev.fuse.cli.invocation;

import dev.fuse.boundary.SecretVault;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.LocalFacts;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.home.SettingSources;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.home.Trust;
import dev.fuse.cli.install.JsonDescriptors;
import dev.fuse.cli.scenarios.Scenarios;
import dev.fuse.cli.scenarios.Surroundings;
import dev.fuse.cli.session.Conversations;
import dev.fuse.plugin.Catalog;
import dev.fuse.plugin.Plugin;
import dev.fuse.plugin.PluginFolder;
import dev.fuse.scenario.Scenario;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Setting;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Glob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Collectors;

/** What is read of the person's world, each part when it is first asked for. */
public final class Resources implements AutoCloseable {

  private final Invocation invocation;
  private final Clock clock = localClock();
  private final Lazy<Home> home = new Lazy<>(this::makeHome);
  private final Lazy<Settings> settings = new Lazy<>(this::makeSettings);
  private final Lazy<Facts> facts = new Lazy<>(this::makeFacts);
  private final Lazy<Catalog> catalog = new Lazy<>(this::makeCatalog);
  private final Lazy<Scenarios> scenarios =
      new Lazy<>(() -> new Scenarios(environment(), home(), trust(), catalog()));
  private final Lazy<Surroundings> surroundings = new Lazy<>(this::makeSurroundings);
  private final Lazy<Conversations> conversations = new Lazy<>(this::makeConversations);
  private final Lazy<SecretVault> vault =
      new Lazy<>(() -> SecretVault.of(environment().variables()));

  public Resources(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The rules of a time zone take 15 ms of a start to read; only its offset of now is needed. */
  private static Clock localClock() {
    var millis = TimeZone.getDefault().getOffset(System.currentTimeMillis());
    return Clock.system(ZoneOffset.ofTotalSeconds(millis / 1000));
  }

  public Clock clock() {
    return clock;
  }

  public Home home() {
    return home.get();
  }

  public Settings settings() {
    return settings.get();
  }

  public Facts facts() {
    return facts.get();
  }

  public Trust trust() {
    return new Trust(home());
  }

  public Catalog catalog() {
    return catalog.get();
  }

  public Scenarios scenarios() {
    return scenarios.get();
  }

  /** What is around a question: names, pins, messages. */
  public Surroundings surroundings() {
    return surroundings.get();
  }

  public Conversations conversations() {
    return conversations.get();
  }

  public SecretVault vault() {
    return vault.get();
  }

  /** A text of the person's, as it may be kept. */
  public String masked(String text) {
    return vault().mask(text, "the prompt");
  }

  /** Opens the plugins whose tools a scenario wants, while the model thinks. */
  public void warm(Scenario scenario) {
    var wanted = scenario.tools().stream().map(Glob::of).toList();
    catalog()
        .warm(
            catalog().specs().stream()
                .map(ToolSpec::name)
                .filter(tool -> wanted.stream().anyMatch(glob -> glob.matches(tool)))
                .flatMap(tool -> catalog().owner(tool).stream())
                .map(Plugin.Described::name)
                .collect(Collectors.toSet()));
  }

  @Override
  public void close() {
    catalog.ifMade(Catalog::close);
  }

  private Environment environment() {
    return invocation.environment();
  }

  private boolean quiet() {
    return invocation.flags().look().quiet();
  }

  private Home makeHome() {
    return Home.of(environment(), invocation::note);
  }

  private Settings makeSettings() {
    var person = home().find("config.yaml");
    var read =
        Settings.read(
            new SettingSources(
                environment(),
                FlagSettings.of(invocation.flags()),
                projectFile(),
                person,
                this::pluginSettings));
    if (!quiet()) {
      read.notes().forEach(invocation::note);
    }
    return read;
  }

  /** That of a trusted project; of another one it is said that it is ignored. */
  private Optional<Path> projectFile() {
    var project = Project.of(environment());
    if (project.isHome(home())) {
      return Optional.empty();
    }
    if (trust().trusts(project)) {
      if (trust().changedSince(project) && !quiet()) {
        invocation.note(
            "  what this project brings has changed since you trusted it; fuse trust notes it");
      }
      return Optional.of(project.fuse().resolve("config.yaml"));
    }
    if (Trust.matters(project) && !quiet()) {
      invocation.note(
          "  this project's own settings and instructions are ignored; fuse trust lets them count");
    }
    return Optional.empty();
  }

  private Map<String, List<Setting>> pluginSettings() {
    var all = new LinkedHashMap<String, List<Setting>>();
    catalog().described().forEach(plugin -> all.put(plugin.name(), plugin.descriptor().settings()));
    return all;
  }

  private Facts makeFacts() {
    return LocalFacts.read(environment(), invocation.flags().pins());
  }

  private Surroundings makeSurroundings() {
    return new Surroundings(
        catalog(),
        facts(),
        invocation.flags().pins(),
        home().find("cache/inventory"),
        name -> vault().mask(name, "a name").equals(name));
  }

  private Catalog makeCatalog() {
    var folders = new ArrayList<PluginFolder>();
    Environment.install()
        .ifPresent(root -> folders.add(new PluginFolder(root.resolve("plugins"), true)));
    home().find("plugins").ifPresent(mine -> folders.add(new PluginFolder(mine, false)));
    return Catalog.read(
        folders,
        new JsonDescriptors(),
        (plugin, owned) ->
            new HostContext(
                environment(), settings, facts, invocation.flags().pins(), plugin.name(), owned));
  }

  private Conversations makeConversations() {
    return new Conversations(
        home(), environment(), Project.of(environment()), clock, name -> !reading(name));
  }

  private boolean reading(String tool) {
    return catalog().find(tool).map(found -> found.spec().reading()).orElse(true);
  }
}
