package io.tallystick.house;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests that the other suites leave. */
@Suite
@SelectPackages("io.tallystick")
@ExcludePackages({
  "io.tallystick.sync",
  "io.tallystick.access",
  "io.tallystick.connection",
  "io.tallystick.consent",
  "io.tallystick.imports",
  "io.tallystick.records",
  "io.tallystick.web"
})
@IncludeClassNamePatterns(".*Test")
final class RemainingSuite {}
