package io.tallystick.anchor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A place outside that takes what is put there, or answers as a test wants. */
final class Receiver implements AutoCloseable {
  static final String CANARY = "secret words of the address\nand a forged line of a log";

  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> headers = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);
  volatile int status = 200;
  volatile int bytes;
  volatile boolean hangs;
  volatile String location = "";
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/log";
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    headers.addAll(exchange.getRequestHeaders().keySet());
    if (hangs) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    int now = status;
    if (now == 200 && !hangs) {
      bodies.add(new String(body, StandardCharsets.UTF_8));
    }
    if (!location.isEmpty()) {
      exchange.getResponseHeaders().add("Location", location);
    }
    byte[] said = bytes > 0 ? new byte[bytes] : CANARY.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(now, said.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(said);
    }
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
