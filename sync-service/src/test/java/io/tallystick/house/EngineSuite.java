package io.tallystick.house;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the engine; its simulation is by itself. */
@Suite
@SelectPackages("io.tallystick.sync")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns(".*SimulationTest")
final class EngineSuite {}
