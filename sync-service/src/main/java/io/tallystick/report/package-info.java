/**
 * Reports: the books read as events, computed by the cost-basis engine, and kept so that the same
 * report can be made again byte for byte and every figure be followed to its evidence.
 */
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
      "connection",
      "portability",
      "valuation",
      "costbasis",
      "costbasis.engine",
      "records",
      "reconcile",
      "report.layout",
      "report.journal",
      "report.packing",
      "report.reading"
    })
@NullMarked
package io.tallystick.report;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
