/** Reads the books as valued events, with what people declared, and lists what nobody has said. */
@Module(uses = {"kernel", "tenancy", "ledger", "records", "valuation", "venue", "costbasis"})
@NullMarked
package io.tallystick.report.reading;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
