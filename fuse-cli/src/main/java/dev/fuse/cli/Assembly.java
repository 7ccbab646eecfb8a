package dev.fuse.cli;

import dev.fuse.agent.Agent;
import dev.fuse.agent.AgentEvent;
import dev.fuse.boundary.SecretVault;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.command.Flags;
import dev.fuse.cli.command.Workbench;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.LocalFacts;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.home.SettingSources;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.home.Trust;
import dev.fuse.cli.install.JsonDescriptors;
import dev.fuse.cli.model.Connection;
import dev.fuse.cli.model.ModelSettings;
import dev.fuse.cli.model.OpenAiChatModel;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.session.Conversations;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.cli.terminal.DebugTrace;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.cli.terminal.TerminalConfirmer;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Gate;
import dev.fuse.plugin.Catalog;
import dev.fuse.plugin.Plugin;
import dev.fuse.plugin.PluginFolder;
import dev.fuse.run.Cancellation;
import dev.fuse.run.Toolbox;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Setting;
import dev.fuse.spi.ToolFailure;
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
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The only place that wires: makes each part when it is first asked for. */
final class Assembly implements Workbench, AutoCloseable {

  private final Environment environment;
  private final Main.Streams streams;
  private final Flags flags;
  private final Cancellation cancellation;
  private final Clock clock = localClock();
  private final Lazy<Screen> screen = new Lazy<>(this::makeScreen);
  private final Lazy<Home> home = new Lazy<>(this::makeHome);
  private final Lazy<Settings> settings = new Lazy<>(this::makeSettings);
  private final Lazy<Facts> facts = new Lazy<>(this::makeFacts);
  private final Lazy<Catalog> catalog = new Lazy<>(this::makeCatalog);
  private final Lazy<Shelf> shelf =
      new Lazy<>(() -> new Shelf(environment(), home(), trust(), catalog()));
  private final Lazy<Conversations> conversations = new Lazy<>(this::makeConversations);
  private final Lazy<Optional<DebugTrace>> trace =
      new Lazy<>(() -> Optional.of(new DebugTrace(this::note)).filter(_ -> flags().look().debug()));
  private final List<Connection> connections = new ArrayList<>();
  private final Lazy<SecretVault> vault =
      new Lazy<>(() -> SecretVault.of(environment().variables()));

  Assembly(Environment environment, Main.Streams streams, Flags flags, Cancellation cancellation) {
    this.environment = environment;
    this.streams = streams;
    this.flags = flags;
    this.cancellation = cancellation;
  }

  /** The rules of a time zone take 15 ms of a start to read; only its offset of now is needed. */
  private static Clock localClock() {
    var millis = TimeZone.getDefault().getOffset(System.currentTimeMillis());
    return Clock.system(ZoneOffset.ofTotalSeconds(millis / 1000));
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public void data(String text) {
    screen.get().data(text + "\n");
  }

  @Override
  public void note(String text) {
    screen.get().note(text);
  }

  Screen screen() {
    return screen.get();
  }

  Flags flags() {
    return flags;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Main.Streams streams() {
    return streams;
  }

  @Override
  public Home home() {
    return home.get();
  }

  @Override
  public Settings settings() {
    return settings.get();
  }

  @Override
  public Facts facts() {
    return facts.get();
  }

  @Override
  public Trust trust() {
    return new Trust(home());
  }

  @Override
  public Catalog catalog() {
    return catalog.get();
  }

  @Override
  public Library scenarios() {
    return shelf.get().library();
  }

  @Override
  public Conversations conversations() {
    return conversations.get();
  }

  @Override
  public String input() {
    return new StandardInput(streams.in()).whole();
  }

  @Override
  public ExitCode converse(Flags unused, Optional<String> prompt) {
    return new Talk(this).converse(prompt);
  }

  @Override
  public CallRecord call(Flags unused, String tool, Map<String, Object> arguments) {
    try (var conversation = conversations().startUnsaved()) {
      var agent =
          agent(Optional.empty(), conversation, confirmer(_ -> {}), traced(conversation), false);
      return agent.call(tool, arguments, cancellation);
    }
  }

  @Override
  public CallRecord undo(UndoEntry entry) {
    try (var conversation = conversations().startUnsaved()) {
      var agent =
          agent(Optional.empty(), conversation, confirmer(_ -> {}), traced(conversation), false);
      return conversation.takingBack(entry, () -> agent.undo(entry.undo(), cancellation));
    }
  }

  @Override
  public List<Check> checks() {
    return new Doctor(this).checks();
  }

  /** Another model at the same address; empty where no address is set. */
  Optional<ChatModel> model(String name) {
    return modelSettings().map(found -> model(found.named(name)));
  }

  /** The model, and its connection on the way; empty where none is set. */
  Optional<ChatModel> model() {
    return modelSettings().map(this::model);
  }

  private ChatModel model(ModelSettings found) {
    var model = new OpenAiChatModel(found, connect(found.baseUrl()));
    return trace().<ChatModel>map(tracing -> tracing.of(model)).orElse(model);
  }

  private Connection connect(String baseUrl) {
    var connection = Connection.warm(baseUrl, environment.variables());
    connections.add(connection);
    return connection;
  }

  Optional<ModelSettings> modelSettings() {
    return new Model(settings()).find();
  }

  private Consumer<AgentEvent> traced(Conversation conversation) {
    return trace().<Consumer<AgentEvent>>map(conversation::andThen).orElse(conversation);
  }

  /** What {@code --debug} writes; empty without it. */
  Optional<DebugTrace> trace() {
    return trace.get();
  }

  Agent agent(
      Optional<ChatModel> model,
      Conversation conversation,
      Confirmer confirmer,
      Consumer<AgentEvent> events,
      boolean plan) {
    return agent(model, conversation, confirmer, events, plan, (_, _) -> "");
  }

  /** An agent of a chat, where the person is asked for parameters. */
  Agent agent(
      Optional<ChatModel> model,
      Conversation conversation,
      Confirmer confirmer,
      Consumer<AgentEvent> events,
      boolean plan,
      BiFunction<Scenario, Scenario.Parameter, String> asker) {
    vault.get().numberAfter(conversation.lastHandle());
    var rules = new Rulebook(this);
    return new Agent(
        model,
        new Pages(shelf.get(), environment, asker),
        new Toolbox(
            catalog().specs(),
            name ->
                catalog()
                    .find(name)
                    .orElseThrow(
                        () -> ToolFailure.notFound("there is no tool '" + name + "'", ""))),
        new Gate(rules.policies(plan), confirmer, rules::remember),
        new Agent.Keepers(
            vault.get(),
            conversation.outputs(),
            conversation.undo(),
            new NamedSecrets(environment, flags.secrets())),
        new Agent.Context(facts(), clock, conversation.lastCall()),
        settings().limits(),
        events);
  }

  /** A text of the person's, as it may be kept. */
  String masked(String text) {
    return vault.get().mask(text, "the prompt");
  }

  Confirmer confirmer(Consumer<String> typedAhead) {
    if (flags.look().noInput()) {
      return Confirmer.nobody();
    }
    return new TerminalConfirmer(screen(), Tty::open, new ArgumentEditor(environment), typedAhead);
  }

  Optional<Path> install() {
    return Environment.install();
  }

  /** Opens the plugins whose tools a scenario wants, while the model thinks. */
  void warm(Scenario scenario) {
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
    connections.forEach(Connection::close);
    screen.ifMade(Screen::clearStatus);
  }

  private Screen makeScreen() {
    var look = flags.look();
    return new Screen(
        streams.out(),
        streams.err(),
        Screen.Device.of(
            environment.variables().getOrDefault("FUSE_TERMINAL", ""),
            environment.find("TERM"),
            environment.find("NO_COLOR"),
            look.color().orElse(""),
            environment.find("COLUMNS"),
            look.accessible()));
  }

  private Home makeHome() {
    return Home.of(environment, this::note);
  }

  private Settings makeSettings() {
    var person = home().find("config.yaml");
    var read =
        Settings.read(
            new SettingSources(
                environment, FlagSettings.of(flags), projectFile(), person, this::pluginSettings));
    if (!flags.look().quiet()) {
      read.notes().forEach(this::note);
    }
    return read;
  }

  /** That of a trusted project; of another one it is said that it is ignored. */
  private Optional<Path> projectFile() {
    var project = Project.of(environment);
    if (project.isHome(home())) {
      return Optional.empty();
    }
    if (trust().trusts(project)) {
      if (trust().changedSince(project) && !flags.look().quiet()) {
        note("  what this project brings has changed since you trusted it; fuse trust notes it");
      }
      return Optional.of(project.fuse().resolve("config.yaml"));
    }
    if (Trust.matters(project) && !flags.look().quiet()) {
      note(
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
    return LocalFacts.read(environment, flags.pins());
  }

  private Catalog makeCatalog() {
    var folders = new ArrayList<PluginFolder>();
    install().ifPresent(root -> folders.add(new PluginFolder(root.resolve("plugins"), true)));
    home().find("plugins").ifPresent(mine -> folders.add(new PluginFolder(mine, false)));
    return Catalog.read(
        folders, new JsonDescriptors(), (plugin, owned) -> new HostContext(this, plugin, owned));
  }

  @Override
  public Question question(String prompt) {
    return Pages.placed(new Question(prompt, facts(), ""), scenarios(), environment);
  }

  @Override
  public Installed installed() {
    return shelf.get().installed();
  }

  @Override
  public List<ScenarioFile> checkedScenarios() {
    return shelf.get().checked();
  }

  @Override
  public Optional<Person> person() {
    return flags.look().noInput()
        ? Optional.empty()
        : Tty.open().map(tty -> new PersonAtTerminal(tty, environment, cancellation));
  }

  private Conversations makeConversations() {
    return new Conversations(
        home(), environment, Project.of(environment), clock, name -> !reading(name));
  }

  private boolean reading(String tool) {
    return catalog().find(tool).map(found -> found.spec().reading()).orElse(true);
  }
}
