import org.jspecify.annotations.NullMarked;

/** A plugin to begin with: one tool that reads a ledger. */
@NullMarked
module com.acme.ledger {
  requires dev.fuse.core;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      com.acme.ledger.LedgerPlugin;
}
