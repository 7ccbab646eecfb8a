package dev.fuse.tool.kubernetes.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a request says of who sends it: the Authorization header and, where the kubeconfig has
 * {@code as}, the headers of impersonation.
 */
record Credentials(Optional<Token> token, List<Header> others) {

  /** A header of HTTP. */
  record Header(String name, String value) {}

  /** Gives the value of the Authorization header. */
  interface Token {

    /**
     * The value for the next request.
     *
     * @param renew whether the server has refused the one before
     */
    String authorization(boolean renew);

    /** Whether asking again may give another one. */
    boolean renewable();

    /** One that is read anew for each request. */
    static Token read(Supplier<String> bearer) {
      return new Token() {
        @Override
        public String authorization(boolean renew) {
          return "Bearer " + bearer.get();
        }

        @Override
        public boolean renewable() {
          return false;
        }
      };
    }
  }

  Credentials {
    others = List.copyOf(others);
  }

  /** Those of a {@code user} of a kubeconfig, less a login program and certificates. */
  static Credentials of(Login login, Optional<LoginProgram> program) {
    return new Credentials(token(login, program), impersonation(login.user()));
  }

  private static Optional<Token> token(Login login, Optional<LoginProgram> program) {
    var user = login.user();
    if (user.has("token")) {
      var token = user.text("token");
      return Optional.of(Token.read(() -> token));
    }
    if (user.has("tokenFile")) {
      return Optional.of(Token.read(login::token));
    }
    if (program.isPresent()) {
      return program.map(Token.class::cast);
    }
    if (user.has("username")) {
      var pair = user.text("username") + ":" + user.text("password");
      var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      return Optional.of(new Fixed("Basic " + basic));
    }
    return Optional.empty();
  }

  private record Fixed(String value) implements Token {
    @Override
    public String authorization(boolean renew) {
      return value;
    }

    @Override
    public boolean renewable() {
      return false;
    }
  }

  private static List<Header> impersonation(Json user) {
    var headers = new ArrayList<Header>();
    user.find("as").ifPresent(name -> headers.add(new Header("Impersonate-User", name)));
    user.texts("as-groups").forEach(it -> headers.add(new Header("Impersonate-Group", it)));
    return headers;
  }

  boolean renewable() {
    return token.map(Token::renewable).orElse(false);
  }

  List<Header> headers(boolean renew) {
    var headers = new ArrayList<>(others);
    token
        .map(it -> it.authorization(renew))
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> headers.add(new Header("Authorization", value)));
    return headers;
  }
}
