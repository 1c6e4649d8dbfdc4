/** Economic events as balanced postings: the rules need the JDK alone, one store keeps them. */
@Module(
    uses = {"kernel", "tenancy"},
    jdkOnly = true)
@NullMarked
package io.tallystick.ledger;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
