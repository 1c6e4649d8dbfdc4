/** Takes uploaded export files in, beside what the venue itself told, and back out again. */
@Module(
    uses = {
      "access",
      "connection",
      "consent",
      "evidence",
      "kernel",
      "ledger",
      "tenancy",
      "vault",
      "venue",
      "web"
    })
@NullMarked
package io.tallystick.imports;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
