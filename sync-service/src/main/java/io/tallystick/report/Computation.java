package io.tallystick.report;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.Engine;
import io.tallystick.report.reading.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * One run of the engine over an input: its lines, packed in parts as they come, so that a long
 * history never lies in memory as objects; its sums; and what is left.
 */
final class Computation {
  private static final int LINES_A_PART = 5_000;

  private final List<byte[]> parts = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private final StringBuilder digests = new StringBuilder();
  private int inPart;

  private Computation() {}

  /**
   * What a run came to.
   *
   * @param parts the lines, one JSON a line, deflated
   * @param digest SHA-256 over the lines, the open lots and the sums
   * @param refused what forbids a report under the settings; empty when nothing does
   */
  record Result(
      List<byte[]> parts,
      List<OpenLot> lots,
      Tally.Totals totals,
      List<Issue> refused,
      String digest) {}

  /** Runs it. The same input and settings give the same digest, wherever and whenever. */
  static Result run(Settings settings, Input input) {
    Set<String> assumed =
        input.assumptions().stream().map(Input.Assumption::entry).collect(Collectors.toSet());
    Tally tally = new Tally(settings, assumed);
    List<Issue> refused = new ArrayList<>();
    Computation run = new Computation();
    Engine engine =
        new Engine(
            settings,
            line -> {
              tally.add(line);
              run.take(line);
              if (line instanceof Issue issue && issue.kind() == Issue.Kind.REFUSED) {
                refused.add(issue);
              }
            });
    for (Event event : input.events()) {
      engine.apply(event);
    }
    List<OpenLot> lots = engine.openLots();
    engine.close();
    run.flush();
    Tally.Totals totals = tally.totals();
    String digest =
        Canon.digest(run.digests + Canon.text(lots) + Canon.text(totals) + settings.entries());
    return new Result(run.parts, lots, totals, refused, digest);
  }

  private void take(Line line) {
    open.append(Canon.text(line)).append('\n');
    inPart++;
    if (inPart == LINES_A_PART) {
      flush();
    }
  }

  private void flush() {
    if (inPart > 0) {
      byte[] text = open.toString().getBytes(StandardCharsets.UTF_8);
      digests.append(Canon.digest(text)).append('\n');
      parts.add(pack(text));
      open.setLength(0);
      inPart = 0;
    }
  }

  /** Deflates. */
  static byte[] pack(byte[] text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(text.length / 4);
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return packed.toByteArray();
  }

  /** Inflates. */
  static String unpack(byte[] packed) {
    try (InflaterInputStream in =
        new InflaterInputStream(new java.io.ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the lines of parts again, in order. */
  static void read(List<byte[]> parts, Consumer<? super Line> into) {
    for (byte[] part : parts) {
      unpack(part).lines().forEach(line -> into.accept(Canon.read(line, Line.class)));
    }
  }
}
