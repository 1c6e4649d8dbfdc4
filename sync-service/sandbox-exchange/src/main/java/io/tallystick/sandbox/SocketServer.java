package io.tallystick.sandbox;

import io.tallystick.sandbox.exchange.Socket;
import io.tallystick.sandbox.exchange.SocketLine;
import io.tallystick.sandbox.exchange.Sockets;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Carries the frames of the WebSocket API. */
final class SocketServer {
  private static final long PING_MILLIS = 20_000;

  private final Vertx vertx;
  private final Sockets sockets;

  SocketServer(Vertx vertx, ExecutorService workers, Sockets sockets) {
    this.vertx = vertx;
    this.sockets = sockets;
    vertx.setPeriodic(PING_MILLIS, tick -> workers.execute(sockets::tick));
  }

  /** Whether this is a handshake at the WebSocket API's door. */
  static boolean wanted(HttpServerRequest request) {
    return Sockets.PATH.equals(request.path())
        && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  void receive(HttpServerRequest upgrade, Request request, Consumer<Reply> refuse) {
    Optional<Reply> refused = sockets.knock(request);
    if (refused.isPresent()) {
      refuse.accept(refused.get());
      return;
    }
    upgrade
        .toWebSocket()
        .onSuccess(
            socket -> open(socket, request.clientAddress(), () -> upgrade.connection().close()));
  }

  private void open(ServerWebSocket web, String address, Runnable cut) {
    Socket socket = sockets.open(address, new Line(web, cut));
    // One frame after the other, in the order in which they came.
    web.textMessageHandler(frame -> socket.text(frame));
    web.pongHandler(pong -> socket.pong());
    web.closeHandler(closed -> socket.gone());
  }

  private final class Line implements SocketLine {
    private final ServerWebSocket web;
    private final Runnable cut;

    Line(ServerWebSocket web, Runnable cut) {
      this.web = web;
      this.cut = cut;
    }

    @Override
    public void send(String text, long lateMillis) {
      if (lateMillis > 0) {
        vertx.setTimer(lateMillis, late -> send(text, 0));
      } else if (!web.isClosed()) {
        web.writeTextMessage(text);
      }
    }

    @Override
    public void ping() {
      if (!web.isClosed()) {
        web.writePing(Buffer.buffer("ping"));
      }
    }

    @Override
    public void close() {
      if (!web.isClosed()) {
        web.close();
      }
    }

    @Override
    public void cut() {
      cut.run();
    }
  }
}
