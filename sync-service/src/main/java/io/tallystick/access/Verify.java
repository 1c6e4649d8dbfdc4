package io.tallystick.access;

import io.tallystick.access.proof.Export;
import io.tallystick.access.proof.LogCheck;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The offline verifier: {@code java -cp … io.tallystick.access.Verify <export> <trusted checkpoint>
 * [<verifier key>]}, with the packaged service's {@code app} and {@code lib/main} jars as class
 * path. Believes the checkpoint, which was kept outside, and nothing else. Exit code 0: verified;
 * 1: not as it was signed; 2: not usable; 3: a part could not be checked, such as an export of one
 * holder beside a checkpoint that counts all leaves of the tenant.
 */
public final class Verify {
  private Verify() {}

  /** Runs the verifier on files and ends with its exit code. */
  public static void main(String... args) {
    System.exit(run(System.out, args));
  }

  /** Runs the verifier; prints what it found and returns the exit code. */
  static int run(PrintStream out, String... args) {
    if (args.length < 2 || args.length > 3) {
      out.println("usage: Verify <export.ndjson> <trusted checkpoints> [<verifier key>]");
      return 2;
    }
    try {
      TrustedCheckpoints trusted = TrustedCheckpoints.parse(Files.readString(Path.of(args[1])));
      SignedNote.Verifier key = args.length == 3 ? SignedNote.Verifier.parse(args[2]) : null;
      if (trusted == null || (args.length == 3 && key == null)) {
        out.println(
            trusted == null
                ? "The trusted checkpoint is no signed checkpoint."
                : "The verifier key is not of the form name+id+base64.");
        return 2;
      }
      return print(out, check(Path.of(args[0]), trusted, key));
    } catch (IOException e) {
      out.println("A file cannot be read: " + e.getMessage());
      return 2;
    }
  }

  /** Checks the export in a file. */
  static Verdict check(Path export, TrustedCheckpoints trusted, SignedNote.@Nullable Verifier key)
      throws IOException {
    LogCheck check = new LogCheck(trusted, key);
    try (BufferedReader lines = Files.newBufferedReader(export, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        check.line(line);
      }
    }
    return check.verdict();
  }

  private static int print(PrintStream out, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified verified -> {
        Verdict.Seen seen = verified.seen();
        out.println(
            "VERIFIED: the first "
                + seen.covered()
                + " positions of the log are the ones that the trusted checkpoint covers.");
        scope(out, seen);
        claims(out, seen);
        yield 0;
      }
      case Verdict.Tampered tampered -> {
        out.println("NOT AS SIGNED: first bad position: " + tampered.first().where());
        scope(out, tampered.seen());
        tampered.findings().stream()
            .limit(50)
            .forEach(finding -> out.println("  " + finding.where() + ": " + finding.what()));
        claims(out, tampered.seen());
        yield 1;
      }
      case Verdict.Unchecked unchecked -> {
        out.println("NOT VERIFIED: a part could not be checked, which is not the same as valid.");
        scope(out, unchecked.seen());
        unchecked.why().stream().limit(50).forEach(why -> out.println("  " + why));
        claims(out, unchecked.seen());
        yield 3;
      }
    };
  }

  private static void scope(PrintStream out, Verdict.Seen seen) {
    Export.Scope scope = seen.scope();
    if (scope != null) {
      String end = scope.holder() == null ? "." : " alone.";
      out.println("The export is of " + scope.text() + end);
    }
  }

  private static void claims(PrintStream out, Verdict.Seen seen) {
    out.println(
        "Looked at "
            + seen.leaves()
            + " leaves among "
            + seen.size()
            + " positions, and at "
            + seen.checkpoints()
            + " signed checkpoints besides the trusted one.");
    if (seen.size() > seen.covered()) {
      out.println(
          "Not claimed: positions from "
              + seen.covered()
              + " on; only the service's own checkpoints cover them.");
    }
    out.println(
        "Not claimed: the unsealed tail, "
            + seen.unsealed()
            + " leaves when this was exported, and an event that was never logged.");
    if (!seen.counted()) {
      out.println(
          "Not claimed: that no leaf was hidden behind the last one shown; no trusted checkpoint"
              + " counts these leaves.");
    }
    out.println("Not claimed: times. They are what the service wrote; order is evidence only.");
    seen.remarks().forEach(remark -> out.println("  evidence: " + remark));
  }
}
