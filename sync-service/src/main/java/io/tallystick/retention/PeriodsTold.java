package io.tallystick.retention;

import io.tallystick.consent.PeriodsAsked;
import io.tallystick.vault.RetentionClass;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.TreeMap;

/** Tells records of consents how long what is kept under the rules that apply to them. */
@ApplicationScoped
class PeriodsTold {
  void onAsked(@Observes PeriodsAsked asked) {
    Profile profile = Profiles.of(asked.jurisdiction());
    Map<String, String> periods = new TreeMap<>();
    for (RetentionClass kind : RetentionClass.values()) {
      Profile.Keep keep = profile.keep(kind);
      periods.put(kind.code(), keep.period() + (keep.yearEnd() ? " from the year's end" : ""));
    }
    asked.tell(profile.name(), periods);
  }
}
