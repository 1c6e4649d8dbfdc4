/** Asks a venue for what is due, waits when told to, stores each page whole, and asks again. */
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
      "web",
      "sync.search"
    })
@NullMarked
package io.tallystick.sync;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
