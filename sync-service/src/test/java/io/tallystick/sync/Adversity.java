package io.tallystick.sync;

import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Trouble drawn from a seed for every call of a sync: the run is taken over as if its process had
 * died, the line drops, the venue fails, a body is cut, an older page comes again, clocks jump.
 */
final class Adversity implements Stage.Between {
  /** The calls that may meet trouble; after them the world is calm, so that a sync can end. */
  static final int TROUBLED = 90;

  private final Stage stage;
  private final Subject subject;
  private final Random random;
  private final List<String> met = new ArrayList<>();
  private int calls;

  Adversity(Stage stage, Subject subject, Random random) {
    this.stage = stage;
    this.subject = subject;
    this.random = random;
  }

  /** What happened, as a failing test prints it. */
  List<String> met() {
    return met;
  }

  @Override
  public synchronized Reply reply(Request request, Function<Request, Reply> exchange) {
    int call = calls++;
    if (call < TROUBLED && random.nextInt(100) < 22) {
      trouble(call, request.path());
    }
    return exchange.apply(request);
  }

  private void trouble(int call, String path) {
    int kind = random.nextInt(9);
    Fault fault =
        switch (kind) {
          case 0, 1 -> {
            Lease taken = stage.leases.take(subject.link(), true);
            if (taken != null) {
              stage.leases.release(taken);
            }
            yield null;
          }
          case 2 -> new Fault.Reset();
          case 3 -> new Fault.ServerError(500 + random.nextInt(5));
          case 4 -> new Fault.CutBody();
          case 5 -> new Fault.HalfJson();
          case 6 -> path.startsWith("/api/v3/time") ? null : new Fault.DuplicatePage();
          case 7 -> new Fault.ClockJump(random.nextInt(240_000) - 120_000);
          default -> new Fault.WrongLength(random.nextInt(60) - 30);
        };
    if (fault != null) {
      stage.sandbox().faults().next(1, path, fault);
    }
    met.add(call + " " + path + " " + (fault == null ? "kill" : fault));
  }
}
