/** The demo: the service, a sandbox exchange and a guided first sync, started by one command. */
@NullMarked
package io.tallystick.demo;

import org.jspecify.annotations.NullMarked;
