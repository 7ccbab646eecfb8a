package dev.fuse.cli.model;

import dev.fuse.brief.ChatModel;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.model.openai.ModelSettings;
import dev.fuse.cli.model.openai.OpenAiChatModel;
import dev.fuse.cli.net.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The models that can be asked; the one place that chooses a provider. */
public final class Models implements AutoCloseable {

  private final Supplier<Settings> settings;
  private final Map<String, String> environment;
  private final UnaryOperator<ChatModel> watched;
  private final List<Connection> connections = new ArrayList<>();

  /**
   * Models by these settings.
   *
   * @param watched what is made of each model before it is used, such as one that is traced
   */
  public Models(
      Supplier<Settings> settings,
      Map<String, String> environment,
      UnaryOperator<ChatModel> watched) {
    this.settings = settings;
    this.environment = environment;
    this.watched = watched;
  }

  /** The model, and its connection on the way; empty where none is set. */
  public Optional<ChatModel> find() {
    return settings().map(this::model);
  }

  /** Another model at the same address; empty where no address is set. */
  public Optional<ChatModel> named(String name) {
    return settings().map(found -> model(found.named(name)));
  }

  /** The names of models that were set so far. */
  public List<String> names() {
    return settings.get().explain("model.name").decided().stream()
        .flatMap(entry -> entry.values().stream())
        .distinct()
        .toList();
  }

  /** How the model is reached; empty where none is set. */
  public Optional<ModelSettings> settings() {
    return new ModelChoice(settings.get()).find();
  }

  private ChatModel model(ModelSettings found) {
    var connection = OpenAiChatModel.connect(found.baseUrl(), environment);
    connections.add(connection);
    return watched.apply(new OpenAiChatModel(found, connection));
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }
}
