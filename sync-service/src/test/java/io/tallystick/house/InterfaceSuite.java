package io.tallystick.house;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of what people and their programs call, of consents and of files. */
@Suite
@SelectPackages({
  "io.tallystick.access",
  "io.tallystick.connection",
  "io.tallystick.consent",
  "io.tallystick.imports",
  "io.tallystick.records",
  "io.tallystick.web"
})
@IncludeClassNamePatterns(".*Test")
final class InterfaceSuite {}
