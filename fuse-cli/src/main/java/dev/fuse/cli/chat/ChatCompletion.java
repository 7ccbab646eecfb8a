package dev.fuse.cli.chat;

import dev.fuse.cli.home.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What Tab offers in a chat: commands, and files after an {@code @}. */
record ChatCompletion(Environment environment, ChatCommands commands) {

  private static final int MOST = 50;

  List<String> of(String line, String word) {
    if (line.startsWith("/")) {
      int space = line.indexOf(' ');
      return space < 0
          ? fitting(commands.names(), word)
          : fitting(commands.words(line.substring(0, space)), word);
    }
    return word.startsWith("@") ? files(word) : List.of();
  }

  private static List<String> fitting(List<String> names, String word) {
    return names.stream().filter(name -> name.startsWith(word)).limit(MOST).toList();
  }

  private List<String> files(String word) {
    var typed = word.substring(1);
    int slash = typed.lastIndexOf('/');
    var folder = environment.path(slash < 0 ? "." : typed.substring(0, slash + 1));
    try (var files = Files.list(folder)) {
      var start = "@" + typed.substring(0, slash + 1);
      return files
          .map(file -> start + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .filter(name -> name.startsWith(word) && !name.contains(" "))
          .sorted()
          .limit(MOST)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
