package io.tallystick.sandbox;

import io.tallystick.sandbox.exchange.Sockets;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.sandbox.wire.Wire;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Carries requests and replies over HTTP, with everything that can go wrong on a line. */
final class SandboxServer implements AutoCloseable {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int FLOOD_CHUNK = 64 * 1024;

  private final Vertx vertx;
  private final ExecutorService workers;
  private final HttpServer server;
  private final Function<Request, Reply> exchange;
  private final SocketServer sockets;

  SandboxServer(String host, int port, Function<Request, Reply> exchange, Sockets sockets) {
    this.exchange = exchange;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
    this.workers = Executors.newVirtualThreadPerTaskExecutor();
    this.sockets = new SocketServer(vertx, workers, sockets);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_LINE);
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::receive)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    workers.shutdown();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void receive(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    if (SocketServer.wanted(request)) {
      sockets.receive(request, read(request, Buffer.buffer()), reply -> send(request, reply));
      return;
    }
    request
        .body()
        .onSuccess(body ->
            workers.execute(() -> {
              Reply reply = exchange.apply(read(request, body));
              context.runOnContext(ignored -> send(request, reply));
            }));
  }

  private static Request read(HttpServerRequest request, Buffer body) {
    String target = request.uri();
    int mark = target.indexOf('?');
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(h -> headers.putIfAbsent(h.getKey(), h.getValue()));
    return new Request(
        request.method().name(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers,
        Body.of(body.getBytes()),
        request.remoteAddress().hostAddress());
  }

  private void send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    byte[] body = reply.body().bytes();
    switch (reply.wire()) {
      case Wire.Whole _ -> response.end(Buffer.buffer(body));
      case Wire.Late late ->
          vertx.setTimer(
              Math.max(1, late.millis()), timer -> send(request, reply.with(new Wire.Whole())));
      case Wire.CutAfter cut -> cut(request, body, cut.bytes(), body.length);
      case Wire.Announced announced -> cut(request, body, body.length, announced.length());
      case Wire.Drip drip -> {
        response.putHeader("Content-Length", String.valueOf(body.length));
        drip(response, body, 0, Math.max(1, drip.millis()));
      }
      case Wire.Flood flood -> {
        response.setChunked(true);
        response.write(Buffer.buffer(body));
        flood(response, flood.bytes() - body.length);
      }
      case Wire.Dropped _ -> request.connection().close();
    }
  }

  /** Announces one length, sends another, and drops the line. */
  private static void cut(HttpServerRequest request, byte[] body, int sent, int announced) {
    HttpServerResponse response = request.response();
    response.putHeader("Content-Length", String.valueOf(announced));
    response
        .write(Buffer.buffer(Arrays.copyOf(body, Math.min(sent, body.length))))
        .onComplete(written -> request.connection().close());
  }

  private void drip(HttpServerResponse response, byte[] body, int at, long millis) {
    if (response.closed()) {
      return;
    }
    if (at == body.length) {
      response.end();
      return;
    }
    response.write(Buffer.buffer(1).appendByte(body[at]));
    vertx.setTimer(millis, timer -> drip(response, body, at + 1, millis));
  }

  /** Blanks are legal after JSON, so only the size is wrong. */
  private void flood(HttpServerResponse response, long left) {
    if (response.closed()) {
      return;
    }
    if (left <= 0) {
      response.end();
      return;
    }
    byte[] blanks = new byte[(int) Math.min(left, FLOOD_CHUNK)];
    Arrays.fill(blanks, (byte) ' ');
    response
        .write(Buffer.buffer(blanks))
        .onSuccess(
            // A new turn for each chunk, or the stack would grow with the body.
            written -> vertx.runOnContext(turn -> flood(response, left - blanks.length)));
  }
}
