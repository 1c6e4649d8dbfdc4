package io.tallystick.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tallystick.access.proof.Export;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the log that is about one holder, for him to take away: what was done with his data
 * in words, and what proves that it was written down when it was.
 */
@ApplicationScoped
public class HolderLog {
  private static final int PAGE = 500;

  private final AccessLog log;
  private final Sealing sealing;

  HolderLog(AccessLog log, Sealing sealing) {
    this.log = log;
    this.sealing = sealing;
  }

  /** Writes each leaf about a holder as a line of JSON, in order of time; returns how many. */
  public long leaves(TenantTx tx, long holder, OutputStream out) throws SQLException, IOException {
    long written = 0;
    AccessLog.Place last = null;
    while (true) {
      List<AccessLog.Shown> page = log.find(tx, AccessLog.Query.about(holder, last, PAGE));
      for (AccessLog.Shown leaf : page) {
        out.write(line(leaf).getBytes(StandardCharsets.UTF_8));
        written++;
      }
      if (page.size() < PAGE) {
        return written;
      }
      last = new AccessLog.Place(page.getLast().at(), page.getLast().id());
    }
  }

  /**
   * Writes what the offline verifier reads, up to the newest checkpoint that the transaction sees;
   * nothing while none is signed. Returns how many lines.
   */
  public long proofs(TenantTx tx, long holder, OutputStream out) throws SQLException {
    SignedNote.Verifier verifier = sealing.signer().verifier();
    LogStore.Stored newest = LogStore.newest(tx::sql, verifier.name());
    if (newest == null) {
      return 0;
    }
    Exporter.Scope scope = new Exporter.Scope(holder, newest.size(), List.of(), verifier);
    Exporter.write(
        work -> {
          try {
            return work.in(tx);
          } catch (SQLException e) {
            throw new IllegalStateException("the log cannot be read", e);
          }
        },
        scope,
        out);
    return LogStore.leavesOf(tx, holder, newest.size());
  }

  /** The newest checkpoint, with a count of the holder's leaves; null while none is signed. */
  public @Nullable String checkpoint(TenantTx tx, long holder) throws SQLException {
    LogStore.Stored newest = LogStore.newest(tx::sql, sealing.signer().verifier().name());
    if (newest == null) {
      return null;
    }
    long leaves = LogStore.leavesOf(tx, holder, newest.size());
    return sealing
        .signer()
        .restate(newest.note(), TrustedCheckpoints.leaves(tx.tenant(), holder, leaves))
        .map(SignedNote::note)
        .orElse(null);
  }

  private static String line(AccessLog.Shown leaf) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", PublicIds.leaf(leaf.holder(), leaf.id()));
    line.put("at", leaf.at().toString());
    line.put("kind", leaf.kind());
    Long consent = leaf.consent();
    if (consent != null) {
      line.put("consent", PublicIds.consent(leaf.holder(), consent));
    }
    Long connection = leaf.connection();
    if (connection != null) {
      line.put("connection", PublicIds.connection(leaf.holder(), connection));
    }
    Long client = leaf.client();
    if (client != null) {
      line.put("client", PublicIds.client(client));
    }
    line.put("facts", leaf.facts());
    try {
      return Export.mapper().writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a leaf cannot be written", e);
    }
  }
}
