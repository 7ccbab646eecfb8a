package com.acme.ledger;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code ledger_balance}: what an account holds, and the postings that it is the sum of. */
record Balance(Supplier<Path> ledger) implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "ledger_balance",
          "Sums the postings of an account in ledger.csv.",
          Schema.object().required("account", Schema.string("Its name, such as rent")),
          Ceiling.reads("ledger"));

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var account = arguments.string("account");
    var file = ledger.get();
    var target = Target.of("ledger", "path", file.toString(), "account", account);
    return Action.of("balance of an account", Effect.read(target), _ -> balance(file, account));
  }

  private static ToolResult balance(Path file, String account) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw ToolFailure.notFound("there is no file '" + file + "'", "start Fuse where it is");
    }
    var postings =
        Files.readAllLines(file).stream()
            .map(line -> List.of(line.split(",", 3)))
            .filter(fields -> fields.size() == 3 && fields.getFirst().equals(account))
            .toList();
    if (postings.isEmpty()) {
      throw ToolFailure.notFound(
          "the account '" + account + "' has no posting", "look at the names in ledger.csv");
    }
    var balance =
        postings.stream()
            .map(fields -> new BigDecimal(fields.get(1)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return ToolResult.ok(balance + " from " + postings.size() + " postings")
        .structured(Map.of("balance", balance.toString(), "postings", (long) postings.size()));
  }
}
