package com.acme.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.ToolResult;
import dev.fuse.testkit.RecordedCall;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerContractTest extends ToolContract {

  @TempDir Path world;

  @BeforeEach
  void ledger() throws IOException {
    Files.writeString(world.resolve("ledger.csv"), "rent,-900,May\nrent,100.50,back\nfood,-7,x\n");
  }

  @Override
  protected FusePlugin plugin() {
    return new LedgerPlugin();
  }

  @Override
  protected FusePlugin opened() {
    var plugin = plugin();
    plugin.open(new Here(world));
    return plugin;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(Sample.of("ledger_balance", "account", "rent"));
  }

  @Override
  protected Path world() {
    return world;
  }

  @Test
  void a_balance_is_the_sum_of_its_postings() throws Exception {
    var arguments = Arguments.of("account", "rent");
    var call = RecordedCall.with(arguments);
    var result = opened().tools().getFirst().prepare(arguments, call).body().run(call);
    assertThat(((ToolResult.Ok) result).text()).isEqualTo("-799.50 from 2 postings");
  }
}
