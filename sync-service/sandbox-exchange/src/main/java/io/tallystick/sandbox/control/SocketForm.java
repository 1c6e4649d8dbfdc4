package io.tallystick.sandbox.control;

import io.tallystick.sandbox.exchange.Sockets;

/** Reads a wish about the WebSocket API; the wishes are in the module's README. */
final class SocketForm {
  private SocketForm() {}

  static void apply(Form form, Sockets sockets) {
    String what = form.text("what");
    switch (what) {
      case "cut" -> sockets.cut();
      case "shutdown" -> sockets.announceShutdown();
      case "silent" -> sockets.faults().silent(form.flag("now"));
      case "twice" -> sockets.faults().twice(form.intOr("times", 1));
      case "late" -> sockets.faults().late(form.intOr("times", 1), form.number("millis"));
      case "lose" -> sockets.faults().lose(form.intOr("times", 1));
      case "close_after" -> sockets.faults().closeAfter(form.intOr("events", 1));
      case "well" -> sockets.faults().clear();
      default -> throw new Form.Unfit("no such wish: " + what);
    }
  }
}
