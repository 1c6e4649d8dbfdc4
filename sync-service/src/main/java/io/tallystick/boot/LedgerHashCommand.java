package io.tallystick.boot;

import jakarta.enterprise.context.ApplicationScoped;

/** Prints the ledger hash of one connection. */
@ApplicationScoped
class LedgerHashCommand {
  int print(String tenant, String connection) {
    System.out.println(tenant + " " + connection);
    return 0;
  }
}
