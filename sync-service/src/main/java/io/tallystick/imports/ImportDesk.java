package io.tallystick.imports;

import io.tallystick.connection.Onlookers.Sight;
import io.tallystick.imports.ImportStore.Stored;
import io.tallystick.imports.ImportViews.ImportView;
import io.tallystick.imports.Pieces.Laid;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.FrontDoor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Acts on imports for a caller who was let in, and shows what came of it. */
@ApplicationScoped
class ImportDesk {
  private static final int LONGEST_NAME = 255;

  private final Transactions transactions;
  private final Reception reception;
  private final Imports imports;
  private final Pieces pieces;

  ImportDesk(Transactions transactions, Reception reception, Imports imports, Pieces pieces) {
    this.transactions = transactions;
    this.reception = reception;
    this.imports = imports;
    this.pieces = pieces;
  }

  /** Writes an upload to disk as it comes, and receives it. */
  Reception.Received receive(Sight sight, Caller caller, @Nullable String name, InputStream body)
      throws IOException {
    String plain = plain(name);
    try (Laid laid = pieces.receive(body, FrontDoor.MAX_UPLOAD)) {
      if (laid == null) {
        throw new Problem(
                Problem.Kind.TOO_LARGE,
                "A file may have at most " + FrontDoor.MAX_UPLOAD + " bytes.")
            .with("max_bytes", FrontDoor.MAX_UPLOAD);
      }
      if (laid.size() == 0) {
        throw Problem.invalid("body", "Send the file as the body of the request.");
      }
      return reception.receive(sight.link(), caller.client(), laid.file(), plain);
    }
  }

  /** The name of a file without folders; a file without a name is just an upload. */
  static String plain(@Nullable String encoded) {
    if (encoded == null) {
      return "upload";
    }
    String name;
    try {
      // Blanks are never written as plus signs here: zones in names are.
      name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("x-file-name", "Write the name in percent-encoded UTF-8.");
    }
    String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    boolean good =
        !plain.isBlank()
            && plain.length() <= LONGEST_NAME
            && plain.chars().noneMatch(Character::isISOControl);
    if (!good) {
      throw Problem.invalid(
          "x-file-name", "Give the file's own name, of 1 to " + LONGEST_NAME + " characters.");
    }
    return plain;
  }

  ImportView answer(Sight sight, UUID id, Map<String, String> answers) throws IOException {
    reception.answer(batch(sight, id), answers);
    return show(sight, id);
  }

  ImportView commit(Sight sight, UUID id) {
    return act(sight, id, imports::commit);
  }

  ImportView undo(Sight sight, UUID id) {
    return act(sight, id, imports::undo);
  }

  private ImportView act(Sight sight, UUID id, Function<Batch, Batch> act) {
    return show(sight, act.apply(batch(sight, id)).id());
  }

  private Batch batch(Sight sight, UUID id) {
    return transactions.as(sight.link().tenant(), tx -> batch(tx, sight, id));
  }

  /** The batch; a problem when there is none that may be seen. */
  Batch batch(TenantTx tx, Sight sight, UUID id) throws SQLException {
    Batch batch = imports.find(tx, sight.link(), id);
    return PublicIds.orNotFound(batch.isSeenBy(sight) ? batch : null);
  }

  ImportView show(Sight sight, UUID id) {
    return transactions.as(sight.link().tenant(), tx -> show(tx, sight, id));
  }

  /** An import as it is now; a problem when there is none that may be seen. */
  ImportView show(TenantTx tx, Sight sight, UUID id) throws SQLException {
    Batch batch = batch(tx, sight, id);
    Stored row = ImportStore.find(tx, sight.link().holder(), batch.id());
    return view(tx, sight, PublicIds.orNotFound(row));
  }

  ImportView view(TenantTx tx, Sight sight, Stored row) {
    return ImportView.of(
        sight,
        row,
        pieces.described(tx, sight.link(), row.id(), row.described()),
        pieces.questions(tx, sight.link(), row.id(), row.asked()));
  }
}
