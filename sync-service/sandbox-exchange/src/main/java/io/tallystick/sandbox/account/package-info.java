/** Accounts with their history, made from a seed so that their books always balance. */
@NullMarked
package io.tallystick.sandbox.account;

import org.jspecify.annotations.NullMarked;
