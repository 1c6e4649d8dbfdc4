package io.tallystick.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes those who give positions, as soon as a transaction of this process has committed something
 * that waits for one: so they need not ask the database again and again. What another process left
 * is numbered by that process, or found by whoever looks next when it died.
 */
@ApplicationScoped
public class Bell {
  private final List<Rounds> woken = new CopyOnWriteArrayList<>();

  /** From now on wakes these rounds. */
  public void wakes(Rounds rounds) {
    woken.add(rounds);
  }

  void ring() {
    woken.forEach(Rounds::wake);
  }
}
