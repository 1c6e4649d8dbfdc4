/** The sync engine: runs, bookmarks, leases, discovery, schedule. Asks, waits, stores, again. */
@Module(
    uses = {
      "kernel",
      "tenancy",
      "access",
      "ledger",
      "venue",
      "vault",
      "egress",
      "consent",
      "evidence",
      "connection",
      "web"
    })
@NullMarked
package io.tallystick.sync;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
