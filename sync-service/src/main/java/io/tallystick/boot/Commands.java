package io.tallystick.boot;

import jakarta.enterprise.context.ApplicationScoped;

/** The commands besides serving. */
@ApplicationScoped
class Commands {
  private final LedgerHashCommand ledgerHash;

  Commands(LedgerHashCommand ledgerHash) {
    this.ledgerHash = ledgerHash;
  }

  /** Runs one command; the result is the exit code. */
  int run(String... args) {
    if (args[0].equals("ledger-hash") && args.length == 3) {
      return ledgerHash.print(args[1], args[2]);
    }
    System.err.println("usage: ledger-hash <tenant name> <connection id>");
    return 2;
  }
}
