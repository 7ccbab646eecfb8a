package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetValueTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write(
        "deploy.yaml",
        """
        base: &base {cpu: 1}
        spec:
          <<: *base
          containers:
            - {name: web, image: "web:1"}
            - {name: db, image: "db:2"}
        """);
    desk.write("docs.yml", "kind: A\n---\nkind: B\n");
    desk.write(
        "package.json", "{\"engines\": {\"node\": \">=18\"}, \"a.b\": [1, 2.5, null, true]}");
    desk.write("pyproject.toml", "[project]\nname = \"x\"\nrequires-python = \">=3.11\"\n");
    desk.write("pom.xml", "<project><artifactId>a</artifactId><m id='1'>x</m><m>y</m></project>");
    desk.write("app.properties", "server.port = 8080\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deploy.yaml|spec.containers[*].image|spec.containers[0].image:"
            + " web:1;spec.containers[1].image: db:2",
        "deploy.yaml|spec.containers[-1].name|spec.containers[1].name: db",
        "deploy.yaml|spec.cpu|spec.cpu: 1",
        "docs.yml|[*].kind|[0].kind: A;[1].kind: B",
        "package.json|engines.node|engines.node: >=18",
        "package.json|[\"a.b\"]|a.b[0]: 1;a.b[1]: 2.5;a.b[2]: null;a.b[3]: true",
        "pyproject.toml|project.requires-python|project.requires-python: >=3.11",
        "pom.xml|project.m|project.m[0].@id: 1;project.m[0].text: x;project.m[1]: y",
        "app.properties|[\"server.port\"]|server.port: 8080",
      })
  void values_are_found_by_their_path(String file, String at, String found) {
    assertThat(desk.run("fs_get", "path", file, "at", at).text().strip().replace("\n", ";"))
        .isEqualTo(found);
  }

  @Test
  void a_key_that_is_not_there_is_answered_with_those_that_are() {
    var failed = desk.refusal("fs_get", "path", "deploy.yaml", "at", "spec.container");
    assertThat(failed.problem()).contains("'spec.container'");
    assertThat(failed.hint()).contains("'spec' has: cpu, containers");
  }

  @Test
  void what_is_not_well_formed_is_said_with_its_line() throws IOException {
    desk.write("bad.json", "{\n\"a\": 1,\n\"a\" 2}");
    assertThat(desk.refusal("fs_get", "path", "bad.json").problem()).contains("line 3");
    desk.write("bad.yaml", "a: [1\nb: 2\n");
    assertThat(desk.refusal("fs_get", "path", "bad.yaml").problem()).contains("line 2");
  }

  @Test
  void documents_that_are_made_to_grow_or_to_read_files_are_refused() throws IOException {
    var bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(30)));
    }
    desk.write("bomb.yaml", bomb.toString());
    assertThat(desk.refusal("fs_get", "path", "bomb.yaml").problem()).contains("aliases");
    var few = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 10; i++) {
      few.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    desk.write("few.yaml", few.toString());
    assertThat(desk.refusal("fs_get", "path", "few.yaml").problem()).contains("unfold");
    desk.write("self.yaml", "a: &a [1, *a]\n");
    assertThat(desk.refusal("fs_get", "path", "self.yaml").problem()).contains("unfold");
    desk.write("xxe.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>");
    assertThat(desk.refusal("fs_get", "path", "xxe.xml").problem()).contains("DOCTYPE");
    desk.write("tag.yaml", "!!javax.script.ScriptEngineManager []\n");
    assertThat(desk.refusal("fs_get", "path", "tag.yaml").problem()).contains("not well formed");
  }
}
