package io.tallystick.sync;

import io.tallystick.kernel.Pace;
import io.tallystick.sync.ClueRows.Part;
import io.tallystick.sync.Steps.Step;
import io.tallystick.sync.Steps.Visit;
import io.tallystick.sync.search.Rounds;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which of the lists that are not asked by market a run has to read. */
@ApplicationScoped
class Histories {
  private final Transactions transactions;
  private final SyncSettings settings;
  private final Pace pace;

  Histories(Transactions transactions, SyncSettings settings, Pace pace) {
    this.transactions = transactions;
    this.settings = settings;
    this.pace = pace;
  }

  /**
   * What is to be read.
   *
   * @param slow lists that the venue hands out a few times a minute only: all the others would wait
   *     for them
   */
  record Due(List<Step> quick, List<Step> slow) {}

  /** What is due now. */
  Due due(Visit visit) {
    Map<Boolean, List<Step>> due =
        all(visit).stream().collect(Collectors.partitioningBy(step -> step.stream().slow()));
    return new Due(due.getOrDefault(false, List.of()), due.getOrDefault(true, List.of()));
  }

  /** Begins some anew: each has its turn once a month, so many a run that all have had it. */
  void anew(Visit visit) {
    Instant now = pace.instant();
    int turn = Rounds.turn(visit.histories().size(), settings.interval(), Rounds.ANEW);
    Map<String, Stream> streams =
        visit.of(Stream.Partition.NONE).stream()
            .filter(stream -> !stream.tellsBalances())
            .collect(Collectors.toMap(Stream::name, Function.identity()));
    transactions.as(
        visit.link().tenant(),
        tx -> {
          int left = turn;
          for (RestartRows.Old old : RestartRows.old(tx, visit.link(), streams.values(), now)) {
            Stream stream = Objects.requireNonNull(streams.get(old.stream()));
            left -=
                left > 0
                    ? RestartRows.restart(tx, visit.link(), stream, List.of(old.partition()), now)
                    : 0;
          }
          return left;
        });
  }

  // Whatever these streams tell moves a balance, orders what is locked: where nothing moved there
  // is nothing to read, but for each one's turn of the slow rotation.
  private List<Step> all(Visit visit) {
    Instant now = pace.instant();
    List<Step> all = visit.histories();
    return transactions.as(
        visit.link().tenant(),
        tx -> {
          Map<Part, Instant> answered =
              ClueRows.answered(tx, visit.link(), all.stream().map(Step::stream).toList());
          ClueRows.Movement movement = ClueRows.movement(tx, visit.link());
          List<Step> due = new ArrayList<>();
          int turn = Rounds.turn(answered.size(), settings.interval(), Rounds.STREAMS);
          for (Step step : all) {
            boolean locks = step.stream().domain() == Domain.ORDERS;
            Instant last = answered.get(new Part(step.stream().name(), step.part()));
            boolean unsettled = movement.unsettled().contains(step.stream().domain().code());
            if (Rounds.due(last, locks ? movement.locked() : movement.any(), now)
                || (unsettled && Rounds.overdue(last, now, Rounds.UNSETTLED))) {
              due.add(step);
            } else if (turn > 0 && Rounds.overdue(last, now, Rounds.STREAMS)) {
              due.add(step);
              turn--;
            }
          }
          return due;
        });
  }
}
