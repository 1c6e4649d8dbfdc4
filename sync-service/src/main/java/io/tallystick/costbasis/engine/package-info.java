/**
 * Matching: events become primitive operations on one asset each, books match them and say what
 * they did as lines; a saved state lets a later run begin where this one ended.
 */
@NullMarked
package io.tallystick.costbasis.engine;

import org.jspecify.annotations.NullMarked;
