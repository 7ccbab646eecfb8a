package dev.fuse.cli.doctor;

import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.command.Workbench.Check.State;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.KubeContexts;
import dev.fuse.cli.net.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Whether systems can be reached, and credentials for them are there. */
record Reach(Environment environment) {

  private static final Duration CLUSTER = Duration.ofSeconds(2);
  private static final Duration GITHUB = Duration.ofSeconds(5);

  /** Whether the server of a context accepts a connection. */
  Check cluster(String name, KubeContexts.Named context) {
    var subject = "context " + name;
    try {
      var server = URI.create(context.server());
      int port = server.getPort() > 0 ? server.getPort() : 443;
      try (var socket = new Socket()) {
        long began = System.nanoTime();
        socket.connect(new InetSocketAddress(server.getHost(), port), (int) CLUSTER.toMillis());
        long millis = (System.nanoTime() - began) / 1_000_000;
        return new Check(
            subject, State.OK, context.server() + " reachable in " + millis + " ms", "");
      }
    } catch (IOException | IllegalArgumentException e) {
      return new Check(
          subject,
          State.MISSING,
          context.server() + " not reachable within 2 s: " + e.getMessage(),
          "start the cluster or its VPN, or remove it: kubectl config delete-context " + name);
    }
  }

  /** Where Google's libraries would find credentials. */
  Check google() {
    var named = environment.find("GOOGLE_APPLICATION_CREDENTIALS").map(environment::path);
    if (named.isPresent()) {
      return file("GOOGLE_APPLICATION_CREDENTIALS", named.get());
    }
    var folder =
        environment
            .find("CLOUDSDK_CONFIG")
            .map(environment::path)
            .or(() -> environment.home().map(home -> home.resolve(".config/gcloud")));
    var usual = folder.map(it -> it.resolve("application_default_credentials.json"));
    return usual
        .filter(Files::isReadable)
        .map(file -> new Check("google credentials", State.OK, file.toString(), ""))
        .orElse(
            new Check(
                "google credentials",
                State.MISSING,
                "none found",
                "gcloud auth application-default login"));
  }

  private static Check file(String variable, Path file) {
    return Files.isReadable(file)
        ? new Check("google credentials", State.OK, file.toString(), "")
        : new Check(
            "google credentials",
            State.BROKEN,
            variable + " names '" + file + "', which cannot be read",
            "correct or unset " + variable);
  }

  /** Whether GitHub accepts the token, and what it may do. */
  Check github() {
    var token = environment.find("GH_TOKEN").or(() -> environment.find("GITHUB_TOKEN"));
    if (token.isEmpty()) {
      return new Check(
          "github token",
          State.MISSING,
          "neither GH_TOKEN nor GITHUB_TOKEN is set",
          "export GH_TOKEN=$(gh auth token)");
    }
    var host = environment.find("GH_HOST").orElse("github.com");
    var address =
        environment
            .find("GITHUB_API_URL")
            .orElse(
                host.equals("github.com")
                    ? "https://api.github.com"
                    : "https://" + host + "/api/v3");
    try (var client = Connection.to(URI.create(address), environment.variables())) {
      var request =
          HttpRequest.newBuilder(URI.create(address + "/user"))
              .timeout(GITHUB)
              .header("Authorization", "Bearer " + token.get())
              .header("User-Agent", "fuse")
              .build();
      var answer = client.send(request, BodyHandlers.discarding());
      var scopes = answer.headers().firstValue("x-oauth-scopes").filter(it -> !it.isBlank());
      if (answer.statusCode() == 200) {
        return new Check(
            "github token",
            State.OK,
            host + " accepts it" + scopes.map(it -> ", scopes: " + it).orElse(", fine-grained"),
            "");
      }
      return new Check(
          "github token",
          State.BROKEN,
          host + " answers " + answer.statusCode(),
          "make a new token (scopes repo, workflow), or run gh auth login");
    } catch (IOException | IllegalArgumentException | FuseException e) {
      return new Check(
          "github token",
          State.MISSING,
          host + " could not be asked: " + e.getMessage(),
          "check the network and GH_HOST");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Check("github token", State.MISSING, "interrupted", "");
    }
  }
}
