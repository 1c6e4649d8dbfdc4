/** Seals personal bytes and credentials, signs structured calls, and never hands a key out. */
@Module(uses = {"kernel", "access", "access.proof", "consent", "ledger", "venue", "web"})
@NullMarked
package io.tallystick.vault;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
