package com.acme.ledger;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Ledgers kept in {@code ledger.csv}: account,amount,text. */
public final class LedgerPlugin implements FusePlugin {

  private Optional<Path> directory = Optional.empty();

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String description() {
    return "Balances of a ledger in ledger.csv";
  }

  @Override
  public List<String> coordinates() {
    return List.of("path", "account");
  }

  @Override
  public void open(PluginContext context) {
    directory = Optional.of(context.directory());
  }

  @Override
  public List<Tool> tools() {
    return List.of(new Balance(() -> directory.orElseThrow().resolve("ledger.csv")));
  }
}
