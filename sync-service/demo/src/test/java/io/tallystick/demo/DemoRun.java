package io.tallystick.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The shared demo, watched until its account is synced: the undisturbed run with which the others
 * are compared.
 */
final class DemoRun {
  /** How many records and revisions each stream brought that entries or orders were made of. */
  static final String EVENTS =
      """
      select stream, count(*), max(revision) from tallystick.evidence e
      where exists (select from tallystick.entry n where n.tenant_id = e.tenant_id
          and n.holder_id = e.holder_id and n.evidence_id = e.evidence_id)
        or stream = 'spot-orders'
      group by stream order by stream
      """;

  /** What could not be read, and why. */
  static final String GAPS =
      """
      select domain, reason, count(*) from tallystick.gap where closed_at is null
      group by 1, 2 order by 1, 2
      """;

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static DemoRun shared;

  final DataFolder data;
  final ServiceProcess process;
  final Duration tookToSync;
  final String connection;
  final String hash;
  final long calls;
  final List<String> events;
  final List<String> gaps;

  private DemoRun(DataFolder data, ServiceProcess process, Duration took)
      throws IOException, SQLException {
    this.data = data;
    this.process = process;
    this.tookToSync = took;
    this.connection = told("(con_[0-9a-z]+)");
    this.hash = told("Ledger hash +([0-9a-f]{64})");
    this.calls = sandbox().get("/sandbox/summary").expect(200).path("next").asLong();
    this.events = data.rows(EVENTS);
    this.gaps = data.rows(GAPS);
  }

  /** The shared run, synced; it may have been stopped since by the test that stops it. */
  static synchronized DemoRun synced() throws IOException, SQLException {
    if (shared == null) {
      DemoStart start = DemoStart.shared();
      awaitTour(start.process);
      shared = new DemoRun(start.data, start.process, Duration.between(start.begun, Instant.now()));
      System.out.println("demo: from start to synced in " + shared.tookToSync.toSeconds() + " s");
    }
    return shared;
  }

  /** Waits until the tour has told everything. */
  static void awaitTour(ServiceProcess process) {
    Awaitility.await("the tour ends")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          if (!process.isAlive() || process.out().contains("The tour stopped")) {
            throw new IllegalStateException("the demo ended early: " + process.output());
          }
          return process.out().contains("Done after");
        });
  }

  /** The control interface of the demo's sandbox. */
  Api sandbox() {
    return sandbox(process);
  }

  static Api sandbox(ServiceProcess demo) {
    return new Api(find(demo.out(), "Sandbox +(http://[0-9.:]+)"), "");
  }

  /** The public id of whose account it is. */
  String holder(Api client) throws IOException {
    return client.get("/v1/connections/" + connection).expect(200).path("holder").asText();
  }

  Path folder() {
    return data.path();
  }

  private String told(String pattern) {
    return find(process.out(), pattern);
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("the demo did not tell " + pattern + ": " + text);
    }
    return matcher.group(1);
  }
}
