package io.tallystick.access.proof;

import io.tallystick.access.proof.Export.LeafLine;
import io.tallystick.access.proof.LeafHeader.Reading;
import io.tallystick.kernel.PublicIds;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares one exported leaf with itself: hash, header, body and what is shown of it. */
final class LeafCheck {
  private LeafCheck() {}

  /** What came of one leaf. */
  sealed interface Result {
    /** It is whole. */
    record Whole(Reading.Header header) implements Result {}

    /** It is in the log as the hash says, in a version that is not known here. */
    record UnknownVersion(String version) implements Result {}

    /** Something does not fit. */
    record Faulty(String why) implements Result {}
  }

  /** Checks a leaf of the log that the export's first line names. */
  static Result check(Export.Log log, LeafLine leaf) {
    byte[] header = leaf.header();
    if (header == null) {
      return new Result.Faulty("the leaf is gone");
    }
    byte[] hash =
        MerkleTree.leafHash(LeafHeader.content(leaf.tenantNumber(), leaf.holderNumber(), header));
    if (!MessageDigest.isEqual(hash, leaf.hash())) {
      return new Result.Faulty("the leaf's header or number is not the one that was hashed");
    }
    return switch (LeafHeader.read(header)) {
      case Reading.Malformed malformed -> new Result.Faulty("the leaf's header is none");
      case Reading.UnknownVersion unknown -> new Result.UnknownVersion(unknown.version());
      case Reading.Header known -> {
        String fault = fault(log, leaf, known);
        yield fault.isEmpty() ? new Result.Whole(known) : new Result.Faulty(fault);
      }
    };
  }

  private static String fault(Export.Log log, LeafLine leaf, Reading.Header header) {
    if (!Long.toString(header.tenant()).equals(log.tenant())) {
      return "the leaf is another tenant's";
    }
    if (log.holder() != null && !log.holder().equals(Long.toString(header.holder()))) {
      return "the leaf is another holder's";
    }
    if (!PublicIds.leaf(header.holder(), header.id()).equals(leaf.id())) {
      return "the leaf's id is not the one in its header";
    }
    byte[] body = leaf.body();
    if (body == null || !MessageDigest.isEqual(body, header.bodyDigest())) {
      return "the leaf's sealed body is not the one its header names";
    }
    Export.Shown shown = leaf.shown();
    boolean same =
        shown != null
            && shown.recordedAt().equals(header.at().toString())
            && shown.kind().equals(header.kind())
            && shown.holder().equals(Long.toString(header.holder()))
            && Objects.equals(shown.consent(), text(header.consent()))
            && Objects.equals(shown.connection(), text(header.connection()))
            && Objects.equals(shown.client(), text(header.client()));
    return same ? "" : "what the log shows of the leaf is not what its header says";
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }
}
