package io.tallystick.planted.pure;

import org.jboss.logging.Logger;

/** A rule with a framework in it. */
record LogsAlong(Logger log) {}
