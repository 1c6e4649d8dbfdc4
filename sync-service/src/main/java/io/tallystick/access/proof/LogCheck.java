package io.tallystick.access.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.access.proof.Verdict.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported log line by line, in memory that does not grow with it: rebuilds the tree,
 * compares its roots ({@link RootCheck}) and each leaf ({@link LeafCheck}), and counts the leaves,
 * so that one that was hidden among other tenants' is missed. Needs no service and no database.
 */
public final class LogCheck {
  /** Leaves commit in another order than they were written in, and clocks differ. */
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
  private static final int MOST_REMARKS = 20;
  // The first ones tell where; a log that is wrong everywhere shall not fill the memory.
  private static final int MOST_FINDINGS = 1_000;

  private final TrustedCheckpoints trusted;
  private final SignedNote.@Nullable Verifier given;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<Long, Long> leavesBelow = new HashMap<>();

  private Export.@Nullable Log log;
  private Export.@Nullable End end;
  private RootCheck roots;
  private long leaves;
  private long nextNumber;
  private long behindLastLeaf;
  private Instant latest = Instant.EPOCH;

  /**
   * A check against these checkpoints.
   *
   * @param given the log's key, if it was handed over by itself
   */
  public LogCheck(TrustedCheckpoints trusted, SignedNote.@Nullable Verifier given) {
    this.trusted = trusted;
    this.given = given;
    this.roots = new RootCheck(trusted, null);
  }

  /** Takes the next line. */
  public void line(String text) {
    try {
      JsonNode json = Export.mapper().readTree(text);
      String kind = json.path("line").asText();
      Export.Log head = log;
      if (head == null) {
        begin(kind, json);
      } else if (kind.equals("leaf")) {
        leaf(head, Export.mapper().treeToValue(json, Export.LeafLine.class));
      } else if (kind.equals("others")) {
        Export.Others others = Export.mapper().treeToValue(json, Export.Others.class);
        roots.append(others.level(), others.index() << others.level(), others.hash());
      } else if (kind.equals("checkpoint")) {
        Export.Signed signed = Export.mapper().treeToValue(json, Export.Signed.class);
        roots.checkpoint(signed.size(), signed.note());
      } else if (kind.equals("end")) {
        end = Export.mapper().treeToValue(json, Export.End.class);
      } else {
        open("a line of an unknown kind: " + kind);
      }
      if (trusted.bySize().containsKey(roots.size())) {
        leavesBelow.put(roots.size(), leaves);
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      roots.lose(roots.size(), "a line of the export cannot be read");
    }
  }

  /** What came of it, after the last line. */
  public Verdict verdict() {
    Export.Log head = log;
    boolean counted = false;
    if (head == null) {
      if (unchecked.isEmpty()) {
        open("there is no exported access log");
      }
    } else {
      complete(head);
      counted = count(head);
    }
    Long splitAt = trusted.splitAt();
    if (splitAt != null) {
      found(
          new Finding(
              0,
              splitAt - 1,
              "split view: two trusted checkpoints of size " + splitAt + " have other roots"));
    }
    findings.addAll(roots.findings());
    unchecked.addAll(roots.unchecked());
    if (head != null) {
      otherCounts(head.scope(), counted);
    }
    Long covered = trusted.bySize().floorKey(roots.size());
    Export.End last = end;
    Verdict.Seen seen =
        new Verdict.Seen(
            head == null ? null : head.scope(),
            roots.size(),
            leaves,
            covered == null ? 0 : covered,
            counted,
            roots.checkpoints(),
            last == null ? 0 : last.unsealed(),
            List.copyOf(remarks));
    if (!findings.isEmpty()) {
      return new Verdict.Tampered(List.copyOf(findings), seen);
    }
    return unchecked.isEmpty()
        ? new Verdict.Verified(seen)
        : new Verdict.Unchecked(List.copyOf(unchecked), seen);
  }

  private void found(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private void open(String why) {
    if (unchecked.size() < MOST_FINDINGS) {
      unchecked.add(why);
    }
  }

  private void begin(String kind, JsonNode json) throws JsonProcessingException {
    int version = json.path("version").asInt();
    if (!kind.equals("log") || version != Export.VERSION) {
      if (unchecked.isEmpty()) {
        open(
            kind.equals("log")
                ? "unknown version " + version + " of the export"
                : "this is not an exported access log");
      }
      return;
    }
    if (!named(json)) {
      open("the export does not say whose it is");
      return;
    }
    Export.Log head = Export.mapper().treeToValue(json, Export.Log.class);
    log = head;
    for (Checkpoint checkpoint : trusted.bySize().values()) {
      if (!checkpoint.origin().equals(head.origin())) {
        found(Finding.at(0, "the trusted checkpoint is of another log: " + checkpoint.origin()));
      }
    }
    SignedNote.Verifier told = SignedNote.Verifier.parse(head.verifier());
    SignedNote.Verifier key = given == null ? told : given;
    // Only a key that signed what is trusted is believed about the checkpoints in between.
    if (key != null && trusted.signedBy(key)) {
      roots = new RootCheck(trusted, key);
    } else {
      found(Finding.at(0, "the trusted checkpoint is not signed by the key of the log"));
    }
  }

  // It is told to people: what is no number could tell them anything.
  private static boolean named(JsonNode json) {
    return NUMBER.matcher(json.path("tenant").asText()).matches()
        && (!json.hasNonNull("holder") || NUMBER.matcher(json.path("holder").asText()).matches());
  }

  private void leaf(Export.Log head, Export.LeafLine leaf) {
    long position = leaf.position();
    long number = head.holder() == null ? leaf.tenantNumber() : leaf.holderNumber();
    if (number > nextNumber) {
      // Either one before it was hidden, or this one stands in another's place.
      found(
          new Finding(
              Math.min(behindLastLeaf, position),
              position,
              number - nextNumber + " leaves are missing before position " + position));
    } else if (number < nextNumber) {
      found(Finding.at(position, "a leaf of this number was there before"));
    }
    nextNumber = number + 1;
    switch (LeafCheck.check(head, leaf)) {
      case LeafCheck.Result.Whole whole -> time(position, whole.header().at());
      case LeafCheck.Result.Faulty faulty -> found(Finding.at(position, faulty.why()));
      case LeafCheck.Result.UnknownVersion unknown ->
          open("unknown version " + unknown.version() + " of the leaf at position " + position);
    }
    leaves++;
    behindLastLeaf = position + 1;
    roots.append(0, position, leaf.hash());
  }

  // Times are what the service said; order proves nothing, but a leap back is worth a look.
  private void time(long position, Instant at) {
    if (at.plus(CLOCKS_MAY_DIFFER).isBefore(latest) && remarks.size() < MOST_REMARKS) {
      remarks.add(
          "the leaf at position " + position + " says " + at + ", behind one that says " + latest);
    }
    if (at.isAfter(latest)) {
      latest = at;
    }
  }

  private void complete(Export.Log head) {
    Export.End last = end;
    if (last == null) {
      found(Finding.at(roots.size(), "the export is cut off here"));
      return;
    }
    Long broken = last.broken();
    if (broken != null) {
      roots.lose(broken, "the service's own log has no hash here");
    } else if (roots.size() != head.size() || last.leaves() != leaves) {
      found(Finding.at(roots.size(), "lines of the export are missing"));
    }
    roots.end();
  }

  // A leaf removed from the end leaves no gap in the numbers; only a count kept outside tells.
  private boolean count(Export.Log head) {
    boolean counted = false;
    for (Checkpoint checkpoint : trusted.bySize().values()) {
      Long wanted = TrustedCheckpoints.leaves(checkpoint, head.tenant(), head.holder());
      Long found = leavesBelow.get(checkpoint.size());
      if (wanted != null && found != null) {
        counted = true;
        if (found < wanted && checkpoint.size() <= roots.size()) {
          found(
              new Finding(
                  Math.min(behindLastLeaf, checkpoint.size() - 1),
                  checkpoint.size() - 1,
                  wanted - found + " leaves are missing that the trusted checkpoint counts"));
        }
      }
    }
    return counted;
  }

  // A count of leaves that are not in this export is not passed over: whoever kept it asked for
  // more than he was given. What all of the tenant's leaves hold is counted with them.
  private void otherCounts(Export.Scope scope, boolean counted) {
    Map<String, Long> others = new TreeMap<>();
    for (Checkpoint checkpoint : trusted.bySize().values()) {
      // Where the export passes over a checkpoint's size, that is said, and nothing can be counted.
      boolean seen = leavesBelow.containsKey(checkpoint.size());
      for (Export.Scope other : TrustedCheckpoints.scopes(checkpoint)) {
        if (!scope.holds(other) || (seen && !counted)) {
          others.put(other.text(), checkpoint.size());
        }
      }
    }
    others.forEach((other, size) ->
        open(
            "the trusted checkpoint of size "
                + size
                + " counts the leaves of "
                + other
                + ", and the export is of "
                + scope.text()
                + ": export the former to have them checked"));
  }
}
