package io.tallystick.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tallystick.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about a request before anything else reads it: its id, that it is not too large,
 * that nobody put a secret where proxies and browsers keep it, and that no parameter is empty.
 */
@ApplicationScoped
public class FrontDoor {
  /** The header that carries the request's id back. */
  public static final String REQUEST_ID = "x-request-id";

  /** The largest JSON body, in bytes. */
  static final long MAX_BODY = 1L << 20;

  /**
   * The largest JSON body that holds a table, in bytes: the euro's rates since 1999 have 1.7 MB.
   */
  static final long MAX_TABLE = 1L << 23;

  /** The largest file, in bytes. */
  public static final long MAX_UPLOAD = 1L << 30;

  // Where the server keeps the largest body of a request that does not tell its length.
  private static final String UNTOLD_LIMIT = "io.quarkus.max-request-size";
  private static final Pattern UPLOADS =
      Pattern.compile("/v1/connections/[^/]+/imports|/v1/arrivals");
  private static final String TABLES = "/v1/price-files";

  private static final int EARLY = 10_000;
  // Behind the server's own limit, which is that of the largest upload.
  private static final int AFTER_LIMIT = 1;
  private static final String API = "/v1";
  private static final Set<String> SECRET_NAMES =
      Set.of(
          "token",
          "access_token",
          "id_token",
          "refresh_token",
          "bearer",
          "authorization",
          "api_key",
          "apikey",
          "api-key",
          "key",
          "secret",
          "secret_key",
          "api_secret",
          "client_secret",
          "private_key",
          "passphrase",
          "password",
          "signature");

  private final ObjectMapper json;
  private final RandomGenerator random;

  FrontDoor(ObjectMapper json, RandomGenerator random) {
    this.json = json;
    this.random = random;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, EARLY);
    filters.register(FrontDoor::bound, AFTER_LIMIT);
  }

  private static void bound(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (request.getHeader("content-length") == null && !isUpload(exchange)) {
      exchange.put(UNTOLD_LIMIT, most(exchange));
    }
    exchange.next();
  }

  // Files are streamed, and their route has a limit of its own.
  private static boolean isUpload(RoutingContext exchange) {
    @Nullable String path = exchange.normalizedPath();
    return path != null
        && exchange.request().method().equals(HttpMethod.POST)
        && UPLOADS.matcher(path).matches();
  }

  private static long most(RoutingContext exchange) {
    if (isUpload(exchange)) {
      return MAX_UPLOAD;
    }
    return TABLES.equals(exchange.normalizedPath()) ? MAX_TABLE : MAX_BODY;
  }

  private void enter(RoutingContext exchange) {
    byte[] id = new byte[10];
    random.nextBytes(id);
    HttpServerRequest request = exchange.request();
    HttpServerResponse response = exchange.response();
    String requestId = "req_" + HexFormat.of().formatHex(id);
    response.putHeader(REQUEST_ID, requestId);
    // As routes see it: an address that is spelled otherwise leads to them too.
    @Nullable String path = exchange.normalizedPath();
    if (path == null || !path.startsWith(API)) {
      exchange.next();
      return;
    }
    response.putHeader("cache-control", "no-store");
    response.putHeader("x-content-type-options", "nosniff");
    Problem problem = problemOf(exchange);
    if (problem == null) {
      exchange.next();
    } else {
      refuse(request, ProblemDocument.of(problem, requestId));
    }
  }

  private static @Nullable Problem problemOf(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    String length = request.getHeader("content-length");
    boolean upload = isUpload(exchange);
    long most = most(exchange);
    if (length != null && !isWithin(length, most)) {
      return new Problem(
              Problem.Kind.TOO_LARGE,
              "A " + (upload ? "file" : "JSON body") + " may have at most " + most + " bytes.")
          .with("max_bytes", most);
    }
    for (Map.Entry<String, String> parameter : request.params()) {
      String name = parameter.getKey();
      if (SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
        // Neither the value nor the name as it was spelled is repeated: it may be a secret itself.
        return Problem.invalid(
                "query", "A secret does not belong in an address: addresses are logged and shared.")
            .with(
                "remedy",
                "Send tokens in the Authorization header and keys in the body, and replace the"
                    + " secret you sent here.");
      }
      if (parameter.getValue().isEmpty()) {
        // An empty filter would quietly widen a search to everything.
        return Problem.invalid(
            name.matches("[a-z_]{1,40}") ? name : "query",
            "Give the parameter a value, or leave it out.");
      }
    }
    return null;
  }

  private static boolean isWithin(String length, long most) {
    return length.matches("[0-9]{1,10}") && Long.parseLong(length) <= most;
  }

  private void refuse(HttpServerRequest request, ProblemDocument document) {
    HttpServerResponse response = request.response();
    response.setStatusCode(document.status());
    response.putHeader("content-type", ProblemDocument.MEDIA_TYPE);
    boolean unread = document.status() == Problem.Kind.TOO_LARGE.status();
    if (unread) {
      response.putHeader("connection", "close");
    }
    Future<Void> sent = response.end(text(document));
    if (unread) {
      // The rest of the body would be taken for the next request.
      sent.onComplete(done -> request.connection().close());
    }
  }

  private String text(ProblemDocument document) {
    try {
      return json.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem document is always JSON", e);
    }
  }
}
