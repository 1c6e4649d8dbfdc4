package io.tallystick.sync;

import org.jspecify.annotations.Nullable;

/** What one run has done so far; written by the run alone. */
final class Progress {
  String state = "running";
  @Nullable String phase;
  @Nullable String detail;

  /** What could not be done although the run went on; null when there is nothing to say. */
  @Nullable String trouble;

  /** Whether the run has time for what nothing points to. */
  boolean sweeps;

  int stepsTotal;
  int stepsDone;
  int pages;
  int records;
  int newRecords;
  int weight;

  /** So many steps more are to be done. */
  void plan(int steps) {
    stepsTotal += steps;
  }

  /** So many steps are still to be done in this phase, as far as is known now. */
  void planned(int steps) {
    stepsTotal = stepsDone + steps;
  }

  void done() {
    stepsDone++;
    stepsTotal = Math.max(stepsTotal, stepsDone);
  }

  boolean ended() {
    return !state.equals("running") && !state.equals("waiting");
  }
}
