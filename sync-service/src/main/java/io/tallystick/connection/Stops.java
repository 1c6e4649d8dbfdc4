package io.tallystick.connection;

import io.tallystick.connection.ConnectionViews.ConnectionView;
import io.tallystick.egress.Budget;
import io.tallystick.egress.Gateway;
import io.tallystick.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which connections wait because a venue stopped our whole address: known the moment any
 * worker of any process is stopped, without a word written to each of them. Not within a
 * transaction.
 */
@ApplicationScoped
class Stops {
  private final Gateway gateway;

  Stops(Gateway gateway) {
    this.gateway = gateway;
  }

  /** The connection, waiting if its venue has stopped us. */
  ConnectionView seen(ConnectionView view) {
    return held(view, gateway.stopped(view.venue(), view.environment()));
  }

  /** The same for each of a page. */
  Page<ConnectionView> seenAll(Page<ConnectionView> page) {
    Map<String, Optional<Budget.Block>> stops = new HashMap<>();
    return new Page<>(
        page.items().stream()
            .map(view ->
                held(
                    view,
                    stops.computeIfAbsent(
                        view.venue() + "/" + view.environment(),
                        place -> gateway.stopped(view.venue(), view.environment()))))
            .toList(),
        page.nextCursor());
  }

  private static ConnectionView held(ConnectionView view, Optional<Budget.Block> stop) {
    return stop.map(block -> view.held(block.until(), block.cause())).orElse(view);
  }
}
