/**
 * What was read from the venues, as clients page it: trades, orders, transfers, entries, raw
 * records.
 */
@Module(
    uses = {
      "kernel",
      "tenancy",
      "web",
      "access",
      "consent",
      "ledger",
      "evidence",
      "connection",
      "venue"
    })
@NullMarked
package io.tallystick.records;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
