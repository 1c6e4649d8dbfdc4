package io.tallystick.egress;

import io.tallystick.vault.SignedCall;
import io.tallystick.venue.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and takes the whole answer, or says why there is none. No redirect is followed,
 * no proxy is taken from the environment, certificates and names are verified as the JDK does, and
 * time and size are limited from the first byte to the last.
 */
final class Wire implements AutoCloseable {
  static {
    // The JDK's client repeats a GET by itself when a connection fails or breaks early; such
    // requests would leave without being paid for. Documented in the module java.net.http.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    // A page of a thousand rows is a quarter of a megabyte, and each buffer is handed on by itself.
    System.setProperty("jdk.httpclient.bufsize", "131072");
  }

  private final EgressSettings settings;
  private final HttpClient client;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  Wire(EgressSettings settings) {
    this(settings, null);
  }

  /** With certificates other than the JDK's own to trust: for tests. */
  Wire(EgressSettings settings, @Nullable SSLContext trust) {
    if (Boolean.getBoolean("jdk.internal.httpclient.disableHostnameVerification")) {
      throw new IllegalStateException("TLS host names are not verified: remove that setting");
    }
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(settings.connectTimeout())
            .executor(calls);
    if (trust != null) {
      builder.sslContext(trust);
    }
    this.client = builder.build();
  }

  /** What one request came to. */
  sealed interface Exchange {
    /** An answer, whole. */
    record Came(Answer answer) implements Exchange {}

    /** Stopped before it left, until this instant of our clock. */
    record Held(Instant until) implements Exchange {}

    /** No connection, so nothing was sent: another host may be tried. */
    record NotConnected(String why) implements Exchange {}

    /** Cut off on the way, there or back. */
    record Broken(String why) implements Exchange {}

    /** Whoever answered is not who we want to talk to. */
    record Insecure(String why) implements Exchange {}

    /** Too large, or packed in a way we did not ask for. */
    record Odd(String why) implements Exchange {}
  }

  Exchange exchange(URI host, SignedCall call) throws InterruptedException {
    return send(request(host, call), settings.bodyLimit());
  }

  /** Puts bytes to an address; of the answer at most so many bytes are taken. */
  Exchange put(URI address, byte[] body, int mostAnswered) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("User-Agent", "tallystick")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        mostAnswered);
  }

  /**
   * Opens a socket at a path of a host.
   *
   * @throws ExecutionException when the host refuses or cannot be reached; the cause tells
   */
  WebSocket socket(URI host, String path, WebSocket.Listener listener)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<WebSocket> opening =
        client
            .newWebSocketBuilder()
            .connectTimeout(settings.connectTimeout())
            .header("User-Agent", "tallystick")
            .buildAsync(
                URI.create(host.getScheme() + "://" + host.getRawAuthority() + path), listener);
    // One that opens after all, too late, must not stay open.
    try {
      return opening.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | TimeoutException e) {
      var _ = opening.thenAccept(WebSocket::abort);
      throw e;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    calls.shutdownNow();
  }

  private Exchange send(HttpRequest request, int most) throws InterruptedException {
    // Not sendAsync: it completes on the machine's common pool, which one blocked task can stall.
    Future<HttpResponse<byte[]>> under =
        calls.submit(() -> client.send(request, info -> new LimitedBody(most)));
    try {
      // The request's own time-out ends with the headers; this one ends with the last byte.
      HttpResponse<byte[]> response =
          under.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return unpacked(response, most);
    } catch (TimeoutException e) {
      under.cancel(true);
      return new Exchange.Broken("no whole answer within " + settings.callTimeout());
    } catch (InterruptedException e) {
      under.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      return failed(e.getCause(), most);
    }
  }

  private Exchange unpacked(HttpResponse<byte[]> response, int most) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = response.body();
    String packing = headers.getOrDefault("content-encoding", "identity");
    switch (packing.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> {}
      case "gzip", "x-gzip" -> {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          body = in.readNBytes(most);
          if (in.read() >= 0) {
            return tooLarge(most);
          }
        } catch (IOException e) {
          return new Exchange.Broken("the packed answer cannot be unpacked");
        }
      }
      default -> {
        return new Exchange.Odd("the answer is packed in a way that was not asked for");
      }
    }
    return new Exchange.Came(new Answer(response.statusCode(), headers, body));
  }

  /** Tells failures apart by type alone: a message may quote what was sent. */
  private Exchange failed(@Nullable Throwable cause, int most) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof LimitedBody.TooLarge) {
        return tooLarge(most);
      }
      if (at instanceof CertificateException) {
        return new Exchange.Insecure("the host's certificate is not good for its name");
      }
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new Exchange.NotConnected("no connection within " + settings.connectTimeout());
    }
    if (cause instanceof ConnectException) {
      return new Exchange.NotConnected("the host cannot be connected to");
    }
    if (cause instanceof IOException) {
      return new Exchange.Broken("cut off: " + cause.getClass().getSimpleName());
    }
    throw new IllegalStateException(
        "the HTTP client failed: " + (cause == null ? "" : cause.getClass().getName()));
  }

  private static Exchange.Odd tooLarge(int most) {
    return new Exchange.Odd("the answer is larger than " + most + " bytes");
  }

  private static HttpRequest request(URI host, SignedCall call) {
    String base = host.getScheme() + "://" + host.getRawAuthority();
    HttpRequest.Builder builder;
    try {
      builder =
          HttpRequest.newBuilder(
              URI.create(base + call.path() + (call.query().isEmpty() ? "" : "?" + call.query())));
    } catch (IllegalArgumentException e) {
      // The cause quotes the address, and with it the signature.
      throw new IllegalArgumentException("a query that is not encoded: " + call);
    }
    builder.method(call.method(), HttpRequest.BodyPublishers.noBody());
    builder.header("Accept", "application/json").header("User-Agent", "tallystick");
    call.headers().forEach(builder::header);
    return builder.build();
  }
}
