package io.tallystick.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** From where the present request came. That is personal: keep it sealed or not at all. */
@ApplicationScoped
public class Whence {
  private static final int LONGEST = 500;

  private final CurrentVertxRequest exchange;

  Whence(CurrentVertxRequest exchange) {
    this.exchange = exchange;
  }

  /** The caller's address, or that of a proxy that does not pass it on; null when unknown. */
  public @Nullable String address() {
    @Nullable HttpServerRequest request = request();
    @Nullable SocketAddress from = request == null ? null : request.remoteAddress();
    return from == null ? null : from.hostAddress();
  }

  /** What the caller's program calls itself, at most 500 characters; null when it does not. */
  public @Nullable String agent() {
    @Nullable HttpServerRequest request = request();
    @Nullable String name = request == null ? null : request.getHeader("user-agent");
    if (name == null || name.isBlank()) {
      return null;
    }
    return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
  }

  private @Nullable HttpServerRequest request() {
    @Nullable RoutingContext current = exchange.getCurrent();
    return current == null ? null : current.request();
  }
}
