/** What every REST answer has in common: problems, request ids, pages, CSV, JSON rules, limits. */
@Module(uses = "kernel")
@NullMarked
package io.tallystick.web;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
