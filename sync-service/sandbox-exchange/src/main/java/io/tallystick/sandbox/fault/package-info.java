/** Misbehaviour on request: what to do wrong, how often, and to which call. */
@NullMarked
package io.tallystick.sandbox.fault;

import org.jspecify.annotations.NullMarked;
