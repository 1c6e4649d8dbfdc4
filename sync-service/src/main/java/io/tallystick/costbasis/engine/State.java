package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Settings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What an engine knew after every event up to an instant; immutable. It is kept per asset, so that
 * a store writes only the assets that changed and a later run reads only those that its events
 * touch.
 */
public final class State {
  /** Raised with every change of how states are written. */
  public static final int LAYOUT = StateWriter.LAYOUT;

  private final Settings settings;
  private final Instant through;
  private final Set<String> assets;
  private final Function<String, byte[]> stored;
  private final Map<String, byte[]> changed;

  State(
      Settings settings,
      Instant through,
      Set<String> assets,
      Function<String, byte[]> stored,
      Map<String, byte[]> changed) {
    this.settings = settings;
    this.through = through;
    this.assets = Set.copyOf(assets);
    this.stored = stored;
    this.changed = new HashMap<>(changed);
  }

  /** The state before anything happened. */
  public static State empty(Settings settings) {
    return new State(settings, Instant.MIN, Set.of(), asset -> new byte[0], Map.of());
  }

  /**
   * A state from a store.
   *
   * @param settings those it was computed with
   * @param through the last instant it covers
   * @param assets every asset it holds
   * @param stored the bytes of an asset, asked at most once for each asset that is touched
   */
  public static State stored(
      Settings settings, Instant through, Set<String> assets, Function<String, byte[]> stored) {
    return new State(settings, through, assets, stored, Map.of());
  }

  /** The settings it was computed with. */
  public Settings settings() {
    return settings;
  }

  /** The last instant it covers: a run from here takes only later events. */
  public Instant through() {
    return through;
  }

  /** Every asset it holds, sorted. */
  public Set<String> assets() {
    return new TreeSet<>(assets);
  }

  /** The assets whose bytes differ from the state that the run began with, sorted. */
  public Map<String, byte[]> changed() {
    Map<String, byte[]> copy = new TreeMap<>();
    changed.forEach((asset, bytes) -> copy.put(asset, bytes.clone()));
    return copy;
  }

  /** The bytes of one of its assets. */
  public byte[] bytes(String asset) {
    byte[] bytes = changed.get(asset);
    return bytes == null ? stored.apply(asset).clone() : bytes.clone();
  }
}
