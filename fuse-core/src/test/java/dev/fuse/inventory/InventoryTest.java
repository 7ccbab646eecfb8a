package dev.fuse.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource.Item;
import dev.fuse.spi.InventorySource.ItemKind;
import dev.fuse.spi.InventorySource.Listing;
import dev.fuse.spi.InventorySource.Spec;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

  private static final Facts FACTS =
      new Facts(Map.of("kube-context", "acme", "kube-namespace", "default"));

  private static final Spec SPEC =
      new Spec(
          "kubernetes",
          List.of("kube-context"),
          true,
          List.of(
              ItemKind.of("Namespace", "namespace"),
              ItemKind.of("Deployment", "deployment", "deploy", "pod"),
              ItemKind.of("Service", "service", "svc"),
              ItemKind.of("Ingress", "ingress")));

  private static final World ACME = World.of(SPEC, FACTS).orElseThrow();

  private static final List<Item> ITEMS =
      List.of(
          Item.of("Namespace", "team-07", Map.of()),
          in("Deployment", "ledger", "team-07"),
          in("Service", "ledger", "team-07"),
          in("Deployment", "ledger-api", "team-07"),
          in("Deployment", "search", "team-07"),
          in("Deployment", "worker", "team-07"),
          in("Deployment", "worker", "default"),
          in("Deployment", "why", "team-07"),
          in("Ingress", "public", "team-07").alsoCalled(List.of("pay.example.com")));

  @TempDir Path folder;
  private final AtomicReference<Listing> world = new AtomicReference<>(Listing.of(ITEMS));
  private Inventory inventory;

  @BeforeEach
  void make_one() {
    inventory = inventory();
  }

  @Test
  void a_name_is_linked_wherever_it_is_and_told_with_its_place() {
    inventory.listNow(Set.of("kubernetes"));

    assertThat(texts("why is ledger stuck?")).containsExactly("ledger = Deployment team-07/ledger");
    assertThat(texts("look at svc/ledger")).containsExactly("ledger = Service team-07/ledger");
    assertThat(texts("https://pay.example.com/cart answers 503"))
        .containsExactly("pay.example.com/cart = Ingress team-07/public".replace("/cart", ""));
    assertThat(texts("ledger-api-7d9c6c5f4d-x2x4z keeps crashing"))
        .containsExactly("ledger-api-7d9c6c5f4d-x2x4z = Deployment team-07/ledger-api");
    assertThat(texts("the worker deployment hangs"))
        .singleElement()
        .asString()
        .contains("default/");
  }

  @Test
  void a_common_word_is_a_name_only_where_something_says_so() {
    inventory.listNow(Set.of("kubernetes"));

    assertThat(texts("search the logs")).isEmpty();
    assertThat(texts("why does it fail")).isEmpty();
    assertThat(texts("deployment search is slow")).hasSize(1);
    assertThat(mentions("search is slow", Map.of("context", "acme"))).hasSize(1);
  }

  @Test
  void one_slip_of_the_hand_is_overlooked_and_said() {
    inventory.listNow(Set.of("kubernetes"));

    assertThat(texts("what is wrong with ledger-apo"))
        .containsExactly("'ledger-apo' is taken for Deployment team-07/ledger-api");
    assertThat(texts("ledgxx-apo")).isEmpty();
  }

  @Test
  void what_is_kept_is_for_the_person_alone_and_a_damaged_file_is_set_aside() throws IOException {
    inventory.listNow(Set.of("kubernetes"));
    var file = folder.resolve(ACME.file());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(inventory().table(ACME))
        .hasValueSatisfying(it -> assertThat(it.size()).isEqualTo(9));
    Files.writeString(file, "FUSE and then nothing of use, but long enough to be read as a header");
    assertThat(inventory().table(ACME)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void neither_secrets_nor_control_characters_are_kept() {
    world.set(
        Listing.of(
            List.of(
                in("Service", "token-hunter22", "a"),
                in("Service", "evil\u001b[31m", "a"),
                in("Service", "fine", "a").alsoCalled(List.of("hunter22.example.com")))));
    inventory.listNow(Set.of("kubernetes"));

    assertThat(inventory.table(ACME).orElseThrow().all(10))
        .containsExactly(in("Service", "fine", "a"));
  }

  @Test
  void a_source_that_fails_costs_only_what_is_new() {
    inventory.listNow(Set.of("kubernetes"));
    world.set(new Listing(List.of(), List.of("fail")));
    inventory.listNow(Set.of("kubernetes"));

    assertThat(texts("why is ledger stuck?")).hasSize(1);
    assertThat(inventory.table(ACME).orElseThrow().missing()).containsExactly("no route to host");
  }

  @Test
  void a_hundred_thousand_names_and_a_million_letters_are_no_trouble() {
    var many = new ArrayList<Item>();
    IntStream.range(0, 100_000)
        .forEach(i -> many.add(in("Deployment", "app-" + i + "-x", "n" + i)));
    world.set(Listing.of(many));
    inventory.listNow(Set.of("kubernetes"));

    assertThat(texts("why is app-77777-x slow? " + "x1-y ".repeat(200_000)))
        .containsExactly("app-77777-x = Deployment n77777/app-77777-x");
  }

  private List<String> texts(String question) {
    return mentions(question, Map.of()).stream().map(Mention::text).toList();
  }

  private List<Mention> mentions(String question, Map<String, String> pins) {
    return inventory.mentions(question, FACTS, pins, Set.of("search", "worker", "public"));
  }

  private Inventory inventory() {
    return new Inventory(
        Optional.of(folder),
        List.of(ACME),
        (_, _) -> {
          if (world.get().missing().contains("fail")) {
            throw new ToolFailure(ToolResult.Kind.UNAVAILABLE, "no route to host", "");
          }
          return world.get();
        },
        name -> !name.contains("hunter22"),
        Clock.systemUTC());
  }

  private static Item in(String kind, String name, String namespace) {
    return Item.of(kind, name, Map.of("namespace", namespace));
  }
}
