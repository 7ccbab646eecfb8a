package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.testkit.RecordedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reading calls that somebody who wants a secret, a command run or another cluster would make. READ
 * runs without a question, READ_SECRET asks, REFUSED makes no call; whatever the verdict, no value
 * of a Secret is in the answer unless it was asked about.
 */
class ReadingRedTeamTest {

  private static final String VALUE = "hunter22";
  private static final String ENCODED = "aHVudGVyMjI=";
  private static final String SECRET =
      "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\",\"namespace\":\"shop\"},"
          + "\"data\":{\"password\":\"aHVudGVyMjI=\"}}";
  private static final String ROOT = "/api/v1/namespaces/shop/";

  @TempDir Path directory;
  private FakeApi api;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    api = new FakeApi();
    bench = api.bench(directory);
    api.json("/apis", "{\"items\":[]}").json("/api", core());
    api.json(ROOT + "secrets/db", SECRET).json(ROOT + "secrets/db2", SECRET);
    api.json(ROOT + "secrets", "{\"items\":[" + SECRET + "]}");
    api.json("/api/v1/secrets", "{\"items\":[" + SECRET + "]}");
    api.json(ROOT + "pods", "{\"items\":[]}").json(ROOT + "events", "{\"items\":[]}");
    api.json("/api/v1/nodes", "{\"items\":[]}");
    api.json("/api/v1/namespaces/kube-system/events", "{\"items\":[]}");
    api.json(
        ROOT + "configmaps/app",
        "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"app\"},"
            + "\"data\":{\"db.password\":\"hunter22\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A Secret under each of its names, whole and in part.
        "READ|k8s_get kind=secret name=db",
        "READ|k8s_get kind=Secret name=db",
        "READ|k8s_get kind=SECRETS name=db",
        "READ|k8s_get kind=secrets. name=db",
        "READ|k8s_get kind=secret. name=db",
        "READ|k8s_get kind=secrets.v1. name=db",
        "REFUSED|k8s_get kind=secrets.v1 name=db",
        "REFUSED|k8s_get kind=secrets/db name=db",
        "READ|k8s_get kind=secret name=db fields=[data.password]",
        "READ|k8s_get kind=secret name=db fields=[data]",
        "READ|k8s_get kind=secrets. name=db fields=[data['password']]",
        "READ_SECRET|k8s_get kind=secret name=db values=true",
        "READ_SECRET|k8s_get kind=secrets. name=db values=true",
        "READ_SECRET|k8s_get kind=secrets.v1. name=db values=true",
        "READ|k8s_get kind=cm name=app values=true",
        // Secrets through the tools that are for something else.
        "READ|k8s_list kind=secrets",
        "READ|k8s_list kind=secrets wide=true all_namespaces=true",
        "READ|k8s_list kind=secrets grep=hunter",
        "READ|k8s_list kind=secrets. count_by=NAME",
        "READ|k8s_describe kind=secret name=db",
        "READ|k8s_describe kind=secrets. name=db",
        "READ|k8s_diff kind=secret name=db other_name=db2",
        "READ|k8s_diff kind=secrets. name=db other_name=db2",
        "READ|k8s_rollout_status kind=secret name=db",
        "READ|k8s_logs name=secret/db",
        "REFUSED|k8s_wait kind=secret name=db for=jsonpath={.data.password} seconds=1",
        "REFUSED|k8s_wait kind=secrets. name=db for=jsonpath={.data.password}=x seconds=1",
        "REFUSED|k8s_wait kind=secrets.v1. selector=a for=jsonpath={.data} seconds=1",
        // Paths that lead to another kind, to a subresource, to a node's own API.
        "REFUSED|k8s_get kind=pods name=../secrets/db",
        "REFUSED|k8s_get kind=pods name=..",
        "REFUSED|k8s_get kind=pods name=.",
        "REFUSED|k8s_get kind=pods name=web%2Fproxy",
        "REFUSED|k8s_get kind=pods name=web/proxy/",
        "REFUSED|k8s_get kind=pods name=web/exec?command=id",
        "REFUSED|k8s_get kind=services name=https:db:443/proxy/",
        "REFUSED|k8s_get kind=nodes name=worker-1/proxy/run/shop/web/main",
        "REFUSED|k8s_get kind=serviceaccounts/token name=default",
        "REFUSED|k8s_get kind=pods/exec name=web",
        "REFUSED|k8s_get kind=../secrets name=db",
        "REFUSED|k8s_list kind=pods namespace=../../secrets",
        "REFUSED|k8s_list kind=pods namespace=shop/secrets",
        "REFUSED|k8s_describe kind=pods name=../secrets/db",
        "REFUSED|k8s_diff kind=pods name=web other_name=../secrets/db",
        "REFUSED|k8s_diff kind=pods name=web other_namespace=x/../..",
        "REFUSED|k8s_logs name=pods/../secrets/db",
        "REFUSED|k8s_logs name=web container=../../exec",
        "REFUSED|k8s_wait kind=pods name=web/proxy for=create seconds=1",
        // A shell's words, which nothing here splits; wildcards, which nothing here expands.
        "REFUSED|k8s_get kind=pods name=x_--raw=/api/v1/secrets",
        "REFUSED|k8s_list kind=pods,secrets",
        "REFUSED|k8s_list kind=*",
        "REFUSED|k8s_list kind=all",
        "REFUSED|k8s_list kind=pods;id",
        // Queries that would say more than they are.
        "READ|k8s_list kind=pods selector=a=b&watch=1&fieldSelector=x",
        "READ|k8s_list kind=pods field_selector=a=b#/../secrets",
        "READ|k8s_top selector=a&b=c",
        "READ|k8s_wait kind=pods selector=a&watch=1 for=delete seconds=1",
        // Another cluster is named in the effect, and one that is not there is none.
        "REFUSED|k8s_list kind=pods context=prd",
        "REFUSED|k8s_list kind=pods context=../prod",
        "REFUSED|k8s_diff kind=pods name=web other_context=http://evil.example",
        // Allowed, and seen by whoever looks.
        "READ|k8s_events namespace=kube-system",
        "READ|k8s_list kind=nodes",
        "REFUSED|k8s_list kind=pods grep=(",
        "REFUSED|k8s_logs name=web since=1;id",
      })
  void reading(String verdict, String words) throws Exception {
    var call = words.split(" ", -1);
    var arguments = arguments(call);
    var said = new StringBuilder();
    assertThat(verdict(call[0], arguments, said)).isEqualTo(verdict);
    assertThat(said.toString()).doesNotContain(ENCODED);
    if (!verdict.equals("READ_SECRET") && !words.contains("kind=cm")) {
      assertThat(said.toString()).doesNotContain(VALUE);
    }
    assertThat(api.asked()).noneMatch(ReadingRedTeamTest::leadsAway);
  }

  private String verdict(String tool, Object[] arguments, StringBuilder said) throws Exception {
    try {
      var action = bench.prepare(tool, arguments);
      var result = action.body().run(RecordedCall.with(Arguments.of(arguments)));
      if (result instanceof ToolResult.Ok ok) {
        said.append(ok.text()).append(ok.structured().orElse(""));
        masked(ok);
      }
      return strictest(action);
    } catch (ToolFailure failure) {
      said.append(failure.result());
      return "REFUSED";
    }
  }

  /** What a ConfigMap holds under a secret's name is shown to the host, which masks it. */
  private static void masked(ToolResult.Ok ok) {
    if (ok.text().contains(VALUE)) {
      assertThat(ok.secrets()).extracting(ToolResult.Secret::value).contains(VALUE);
    }
  }

  private static String strictest(Action action) {
    return action.effects().stream()
        .map(effect -> effect.verb().name())
        .max(String::compareTo)
        .orElseThrow();
  }

  private static boolean leadsAway(String asked) {
    var path = asked.replaceFirst("\\?.*", "");
    return path.contains("..")
        || path.contains("%2")
        || path.contains("proxy")
        || path.contains("exec")
        || asked.contains("&watch");
  }

  private static Object[] arguments(String[] words) {
    var pairs = new ArrayList<Object>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      var value = words[i].substring(equals + 1);
      pairs.add(words[i].substring(0, equals));
      pairs.add(typed(value));
    }
    return pairs.toArray();
  }

  private static Object typed(String value) {
    if (value.equals("true")) {
      return true;
    }
    if (value.matches("\\d+")) {
      return Long.valueOf(value);
    }
    return value.startsWith("[") ? List.of(value.substring(1, value.length() - 1)) : value;
  }

  private static String core() {
    var kinds =
        List.of("pods:Pod", "secrets:Secret", "services:Service", "configmaps:ConfigMap").stream()
            .map(pair -> pair.split(":", -1))
            .map(
                pair ->
                    "{\"resource\":\"%s\",\"responseKind\":{\"kind\":\"%s\"},\"scope\":\"Namespaced\",\"singularResource\":\"%s\"}"
                        .formatted(pair[0], pair[1], pair[1].toLowerCase(java.util.Locale.ROOT)))
            .toList();
    return "{\"items\":[{\"metadata\":{\"name\":\"\"},\"versions\":[{\"version\":\"v1\",\"resources\":["
        + String.join(",", kinds)
        + "]}]}]}";
  }
}
