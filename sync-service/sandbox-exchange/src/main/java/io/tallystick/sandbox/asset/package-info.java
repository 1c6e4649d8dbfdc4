/** What else happens to the wallets: one class an endpoint. */
@NullMarked
package io.tallystick.sandbox.asset;

import org.jspecify.annotations.NullMarked;
