package io.tallystick.boot;

import jakarta.enterprise.context.ApplicationScoped;

/** The commands besides serving. */
@ApplicationScoped
class Commands {
  /** What may follow the name of the program. */
  static final String USAGE = "usage: ledger-hash <tenant name> <connection id>";

  private final LedgerHashCommand ledgerHash;

  Commands(LedgerHashCommand ledgerHash) {
    this.ledgerHash = ledgerHash;
  }

  /** Whether there is such a command; asked before anything is started. */
  static boolean knows(String... args) {
    return args[0].equals("ledger-hash") && args.length == 3;
  }

  /** Runs a command that is known; the result is the exit code. */
  int run(String... args) {
    return ledgerHash.print(args[1], args[2]);
  }
}
