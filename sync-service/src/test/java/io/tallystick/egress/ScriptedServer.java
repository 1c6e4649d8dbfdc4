package io.tallystick.egress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that does as it is told, byte by byte: also what no decent server would do. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final String scheme;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script script;

  /** One request as it came over the wire. */
  record Request(String line, String head) {
    String path() {
      return line.split(" ")[1].replaceAll("\\?.*", "");
    }

    String query() {
      String target = line.split(" ")[1];
      return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
    }

    /** A numeric parameter of the query; -1 when absent. */
    long number(String name) {
      for (String pair : query().split("&")) {
        if (pair.startsWith(name + "=")) {
          return Long.parseLong(pair.substring(name.length() + 1));
        }
      }
      return -1;
    }
  }

  /** Answers a request, or does not. */
  interface Script {
    void answer(Request request, Socket socket) throws IOException;
  }

  ScriptedServer(Script script) throws IOException {
    this(script, ServerSocketFactory.getDefault(), "http");
  }

  ScriptedServer(Script script, ServerSocketFactory sockets, String scheme) throws IOException {
    this.script = script;
    this.scheme = scheme;
    this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
  }

  void script(Script next) {
    script = next;
  }

  List<Request> requests() {
    return requests;
  }

  /** Requests for a path. */
  long count(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).count();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A whole answer; headers are lines. */
  static Script says(int status, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (request, to) -> write(to, status, bytes, headers);
  }

  static void write(Socket to, int status, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " said\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
    OutputStream out = to.getOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket one = socket.accept();
        Thread.ofVirtual().start(() -> serve(one));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket one) {
    try (one) {
      String head = head(new BufferedInputStream(one.getInputStream()));
      if (head.isEmpty()) {
        return;
      }
      Request request =
          new Request(head.substring(0, head.indexOf("\r\n")), head.toLowerCase(Locale.ROOT));
      requests.add(request);
      script.answer(request, one);
    } catch (IOException e) {
      // The client hung up: some scripts are there to make it do that.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0) {
      head.write(b);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
      b = in.read();
    }
    return "";
  }
}
