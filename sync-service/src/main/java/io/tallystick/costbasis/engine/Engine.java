package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Scope.WalletsFrom;
import io.tallystick.costbasis.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Computes cost basis from events in order of time. Not safe for use by several threads.
 *
 * <p>A run is: {@link #apply} each event, {@link #advance} to the moment up to which the history is
 * complete, {@link #save}, {@link #close}. Rows written before {@code close} are final and belong
 * to the saved state; rows written by {@code close} are provisional, are not part of the state, and
 * come again, perhaps changed, from the next run. Only methods that look ahead have any.
 */
public final class Engine {

  private final Settings settings;
  private final Rows rows;
  private final Expansion expansion;
  private final State began;
  private final Map<String, Position> positions = new HashMap<>();
  private final Set<String> unread;
  private final List<Op> pending = new ArrayList<>();
  private final boolean byPhase;
  private Instant now;
  private boolean closed;

  /** An engine that begins with nothing. */
  public Engine(Settings settings, Consumer<? super Line> out) {
    this(State.empty(settings), out);
  }

  /** An engine that begins where a state was saved; takes only events after it. */
  public Engine(State state, Consumer<? super Line> out) {
    this.settings = state.settings();
    this.rows = new Rows(settings, out);
    this.expansion = new Expansion(settings);
    this.began = state;
    this.unread = new TreeSet<>(state.assets());
    this.byPhase = settings.rules().sameInstant() == Rules.SameInstant.BY_PHASE;
    this.now = state.through();
  }

  /**
   * Computes a whole history given in any order; history is taken to be complete up to its last
   * event, so rows that wait for later ones are provisional.
   */
  public static List<Line> run(Settings settings, Collection<? extends Event> events) {
    List<Line> lines = new ArrayList<>();
    Engine engine = new Engine(settings, lines::add);
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparing(event -> event.source().at()));
    sorted.forEach(engine::apply);
    engine.close();
    return lines;
  }

  /**
   * Takes the next event. Throws IllegalArgumentException when it is earlier than the one before,
   * not later than the state the engine began with, or earlier than {@link #advance} said.
   */
  public void apply(Event event) {
    Instant at = event.source().at();
    int order = at.compareTo(now);
    if (closed || order < 0 || (order == 0 && began.through().equals(now))) {
      throw new IllegalArgumentException(
          "event " + event.source().entry() + " at " + at + " comes after " + now);
    }
    if (order > 0) {
      flush();
      now = at;
    }
    expansion.expand(event, pending);
  }

  /**
   * Performs everything that was given, so that its rows are written now. Only where the next event
   * is of a later instant: what is of one instant is ordered together.
   */
  public void settle() {
    flush();
  }

  private void flush() {
    if (byPhase && pending.size() > 1) {
      pending.sort(Op.ORDER);
    }
    for (Op op : pending) {
      perform(op);
    }
    pending.clear();
  }

  private void perform(Op op) {
    switch (op) {
      case Op.Acquire acquire -> position(acquire.asset()).acquire(acquire);
      case Op.Dispose dispose -> position(dispose.asset()).dispose(dispose);
      case Op.Move move -> position(move.asset()).move(move);
      case Op.Carry carry -> position(carry.asset()).carry(carry, position(carry.to()));
      case Op.Rename rename -> rename(rename);
      case Op.Allocate allocate -> position(allocate.asset()).plan(allocate.shares());
      case Op.Say say -> rows.say(say.line());
    }
  }

  /**
   * Rows that are final by the day are written in the units of before, whenever that was noticed.
   */
  private void rename(Op.Rename op) {
    LocalDate today = settings.calendar().day(op.source().at());
    Position from = position(op.asset());
    from.advance(today);
    from.resize(op.ratio());
    if (!op.asset().equals(op.to())) {
      Position to = position(op.to());
      to.advance(today);
      to.absorb(from, op.source());
    }
  }

  private Position position(String asset) {
    Position position = positions.get(asset);
    if (position == null) {
      position =
          unread.remove(asset)
              ? Position.read(asset, began.bytes(asset), settings, rows)
              : new Position(asset, settings, rows);
      positions.put(asset, position);
    }
    return position;
  }

  private Collection<Position> all() {
    List.copyOf(unread).forEach(this::position);
    return new TreeMap<>(positions).values();
  }

  /**
   * States that every event before an instant has been given: rows that waited only for that become
   * final, and basis is allocated to wallets if the day of that has come. Throws
   * IllegalArgumentException when the instant is not after the last event.
   */
  public void advance(Instant to) {
    if (!to.isAfter(now)) {
      throw new IllegalArgumentException(to + " is not after " + now);
    }
    flush();
    boolean everything = settings.method().looksAhead() || allocatesBefore(to);
    now = to.minusNanos(1);
    Collection<Position> reached = everything ? all() : new TreeMap<>(positions).values();
    LocalDate today = settings.calendar().day(to);
    for (Position position : reached) {
      position.reach(to);
      position.advance(today);
    }
  }

  /**
   * Whether the day on which basis goes to the wallets lies between the last run and an instant.
   */
  private boolean allocatesBefore(Instant to) {
    if (!(settings.scope() instanceof WalletsFrom(LocalDate day))) {
      return false;
    }
    Instant start = day.atStartOfDay(settings.calendar().zone()).toInstant();
    return began.through().isBefore(start) && !to.isBefore(start);
  }

  /** What is known now. A run from it takes only events after the last one given here. */
  public State save() {
    if (closed) {
      throw new IllegalStateException("provisional rows are not part of a state");
    }
    flush();
    Set<String> assets = new TreeSet<>(unread);
    Map<String, byte[]> changed = new HashMap<>();
    positions.forEach((asset, position) -> {
      assets.add(asset);
      changed.put(asset, position.write());
    });
    return new State(settings, now, assets, began::bytes, changed);
  }

  /** Writes what still waits as provisional rows; the engine takes no more events after. */
  public void close() {
    flush();
    closed = true;
    rows.becomeProvisional();
    if (settings.method().looksAhead()) {
      all().forEach(Position::close);
    }
  }

  /** Every lot or pool that is not empty, by asset, wallet and age. */
  public List<OpenLot> openLots() {
    flush();
    List<OpenLot> open = new ArrayList<>();
    all().forEach(position -> open.addAll(position.open()));
    return open;
  }
}
