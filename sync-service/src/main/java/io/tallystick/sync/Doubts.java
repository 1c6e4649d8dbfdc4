package io.tallystick.sync;

import io.tallystick.connection.ConnectionState;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.Steps.Step;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Denial;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells a key that is refused from a list that is closed to a good key: venues answer both with the
 * same code. The first refusal only raises a doubt. Where it comes again at the same kind of list,
 * and the venue has just told this very key's rights, it is the list: it becomes a gap and the run
 * goes on, instead of ending at the same place for ever.
 */
@ApplicationScoped
class Doubts {
  /** How a pull ends whose list is closed to the key. */
  static final String CLOSED = "closed-to-the-key";

  private final Transactions transactions;
  private final Entrance entrance;
  private final Pace pace;

  Doubts(Transactions transactions, Entrance entrance, Pace pace) {
    this.transactions = transactions;
    this.entrance = entrance;
    this.pace = pace;
  }

  /** What a refusal of the key at this step comes to; what it was when it is the key's. */
  Ending judged(RunContext run, Step step, Ending.Denied denied) {
    Link link = run.lease().link();
    if (denied.denial() != Denial.KEY_OR_ADDRESS_OR_RIGHT) {
      return denied;
    }
    Gaps.Missing missing =
        Gaps.Missing.of(link, step.stream(), step.part(), Gaps.Reason.CLOSED_TO_THE_KEY);
    boolean again =
        link.state() == ConnectionState.KEY_DOUBTED
            || transactions.as(link.tenant(), tx -> Gaps.isOpenAnywhere(tx, missing));
    if (!again) {
      return denied;
    }
    Ending shut = entrance.rightsTold(run, denied);
    if (shut != null) {
      return shut;
    }
    transactions.as(link.tenant(), tx -> Gaps.open(tx, missing, pace.instant()));
    return new Ending.Skipped(CLOSED);
  }
}
