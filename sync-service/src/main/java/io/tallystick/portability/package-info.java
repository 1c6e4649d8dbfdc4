/** All that is kept of a holder in one archive, and the way of such an archive into other books. */
@Module(
    uses = {
      "kernel",
      "tenancy",
      "web",
      "access",
      "access.proof",
      "consent",
      "ledger",
      "vault",
      "venue",
      "connection"
    })
@NullMarked
package io.tallystick.portability;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
