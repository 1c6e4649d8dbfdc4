/** Listens to what venues tell as it happens, and puts it down within a second. */
@Module(
    uses = {
      "access",
      "connection",
      "consent",
      "egress",
      "evidence",
      "kernel",
      "ledger",
      "sync",
      "tenancy",
      "venue"
    })
@NullMarked
package io.tallystick.live;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
