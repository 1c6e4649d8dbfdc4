package io.tallystick.retention;

import io.tallystick.retention.RetentionStore.Ended;
import io.tallystick.vault.RetentionClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Until when a class of a holder is kept, by the longest of the periods that hold for him.
 *
 * @param rule the profile that says so, with its version, or the holder's own choice
 * @param held whether a legal hold keeps it whatever the time
 */
record Due(long holder, RetentionClass retention, Instant until, String rule, boolean held) {
  /** Ended with the wish to delete, and kept by no duty. */
  static final String CHOICE = "holder-choice";

  // Who consented to nothing named no place: the profile for everywhere else holds (ISO 3166 leaves
  // this code to users, and it is used for an unknown place).
  private static final String NOWHERE = "ZZ";

  /** What is left of a holder whose consents have all ended, and until when. */
  static List<Due> of(Ended ended) {
    List<Due> all = new ArrayList<>();
    for (RetentionClass retention : RetentionClass.values()) {
      // Credentials go with the consent, at once.
      if (retention != RetentionClass.CREDENTIAL && !ended.erased().contains(retention)) {
        all.add(of(ended, retention));
      }
    }
    return all;
  }

  /** When a class is due for a holder under these jurisdictions, counted from an end. */
  static Due of(Ended ended, RetentionClass retention) {
    Due longest = null;
    boolean duty = false;
    List<String> rules = ended.jurisdictions().isEmpty() ? List.of(NOWHERE) : ended.jurisdictions();
    for (String jurisdiction : rules) {
      Profile profile = Profiles.of(jurisdiction);
      Profile.Keep keep = profile.keep(retention);
      duty |= keep.duty();
      Instant until = keep.until(ended.end());
      if (longest == null || until.isAfter(longest.until())) {
        longest = new Due(ended.holder(), retention, until, profile.name(), ended.held());
      }
    }
    if (longest == null) {
      throw new IllegalArgumentException("a holder without jurisdiction");
    }
    boolean wished = ended.deletion() && !duty && retention == RetentionClass.RAW;
    return wished ? new Due(ended.holder(), retention, ended.end(), CHOICE, ended.held()) : longest;
  }
}
