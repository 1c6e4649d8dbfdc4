package io.tallystick.sandbox.exchange;

/** The line to one client of the WebSocket API; the server carries it, tests may listen to it. */
public interface SocketLine {
  /** Sends a text frame, so many milliseconds late; 0 for at once. */
  void send(String text, long lateMillis);

  /** Sends a ping frame. */
  void ping();

  /** Ends the connection in good order. */
  void close();

  /** Drops the connection without a word. */
  void cut();
}
