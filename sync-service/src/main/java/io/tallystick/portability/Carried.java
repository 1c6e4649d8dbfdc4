package io.tallystick.portability;

import io.tallystick.vault.RetentionClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows go with a holder, in the order in which other books can take them in.
 *
 * @param select the rows, of a tenant and a holder, in an order of their own
 * @param taken whether other books take the rows in; others are there to be read
 */
record Carried(String table, String select, List<Sealed> sealed, boolean taken) {

  /**
   * A sealed column, which leaves in clear and is sealed anew where it arrives. The context is what
   * the feature binds to it: the tenant, a row's id, a purpose, perhaps the number of a part.
   */
  record Sealed(
      String column, RetentionClass retention, String row, String purpose, @Nullable String part) {}

  /** Columns that every row has and no line tells. */
  static final Set<String> WHOSE = Set.of("tenant_id", "holder_id");

  /** All of them. */
  static final List<Carried> ALL =
      List.of(
          new Carried(
              "asset",
              """
              with me (t, h) as (values (?::bigint, ?::bigint))
              select asset_id, code from asset where asset_id in (
                select unnest(asset_ids) from me join entry on tenant_id = t and holder_id = h
                union select asset_id from me join balance on tenant_id = t and holder_id = h
                union select asset_id from me join seen_asset on tenant_id = t and holder_id = h
                union select asset_id from me join balance_point on tenant_id = t and holder_id = h
                union select asset_id from me
                  join reported_balance on tenant_id = t and holder_id = h)
              order by code
              """,
              List.of(),
              true),
          new Carried(
              "notice",
              """
              with me (t, h) as (values (?::bigint, ?::bigint))
              select distinct n.sha256, n.words, n.kept_at
              from me join consent c on c.tenant_id = t and c.holder_id = h
              join notice n on n.tenant_id = t and n.sha256 = c.notice_sha256
              order by n.sha256
              """,
              List.of(),
              true),
          of(
              "consent",
              "arrangement_id, version",
              identity("given_evidence_sealed", "consent_id", "EVIDENCE"),
              identity("given_ip_sealed", "consent_id", "GIVEN_IP"),
              identity("given_agent_sealed", "consent_id", "GIVEN_AGENT"),
              identity("state_reason_sealed", "consent_id", "REASON")),
          of(
              "consent_receipt",
              "consent_id, issued_at, receipt_id",
              new Sealed("sealed", RetentionClass.CONSENT, "consent_id", "RECEIPT", null)),
          of(
              "connection",
              "connection_id",
              identity("uid_sealed", "connection_id", "account-uid"),
              identity("rights_acknowledged_sealed", "connection_id", "rights-acknowledged")),
          of("account", "account_id"),
          of("evidence", "evidence_id", raw("payload", "evidence_id", "evidence")),
          of("entry", "entry_id, revision", raw("details", "entry_id", "entry-details")),
          of("entry_evidence", "entry_id, evidence_id"),
          of("entry_successor", "entry_id, successor_id"),
          of("balance", "account_id, asset_id, bucket"),
          of("claim", "connection_id, claim_id"),
          of(
              "import_batch",
              "batch_id",
              raw("described", "batch_id", "import-name"),
              raw("asked", "batch_id", "import-questions")),
          of(
              "import_piece",
              "batch_id, n",
              new Sealed("sealed", RetentionClass.RAW, "batch_id", "import", "n")),
          of("import_table", "table_id"),
          of("import_count", "fact_id, table_id"),
          of("import_telling", "fact_id", raw("sealed", "fact_id", "import-telling")),
          of("import_row", "batch_id, trial, member, line"),
          of("trade_order", "connection_id, market, order_ref"),
          of("reported_wallet", "connection_id, wallet"),
          of("reported_balance", "connection_id, wallet, asset_id"),
          of("balance_point", "connection_id, wallet, at, asset_id"),
          of("seen_asset", "connection_id, asset_id"),
          of("plan", "connection_id, plan_ref"),
          of("gap", "gap_id"),
          of(
              "declaration",
              "declaration_id",
              new Sealed(
                  "body_sealed", RetentionClass.BOOKS, "declaration_id", "declaration", null)),
          toRead("bookmark", "connection_id, stream, partition"),
          toRead("sync_run", "started_at, run_id"));

  /** Tables of holders that stay, and why. */
  static final Map<String, String> STAYS = stays();

  private static Map<String, String> stays() {
    Map<String, String> stays = new LinkedHashMap<>();
    stays.put("holder", "the manifest names him; he is made known anew");
    stays.put("holder_ref", "made with the holder");
    stays.put("venue_account", "made anew under the key of the other installation");
    stays.put("credential", "a secret is never taken out");
    stays.put("key_offer", "a secret is never taken out");
    stays.put("holder_link", "opens this installation alone");
    stays.put("lease", "who works on a connection here");
    stays.put("live_lease", "who listens to a connection here");
    stays.put("outbox", "the order of changes is given anew");
    stays.put("feed", "the order of changes is given anew");
    stays.put("access_leaf", "written beside, with its proofs");
    stays.put("leaf_position", "written beside, with its proofs");
    stays.put("report", "can be made again from what is carried");
    stays.put("report_content", "can be made again from what is carried");
    stays.put("report_progress", "can be made again from what is carried");
    stays.put("report_state", "can be made again from what is carried");
    stays.put("erased_class", "what this installation destroyed");
    stays.put("legal_hold", "a duty of this installation's owner");
    return stays;
  }

  /** Where its rows are in the archive. */
  String member() {
    return "rows/" + table + ".jsonl";
  }

  private static Carried of(String table, String order, Sealed... sealed) {
    return new Carried(table, select(table, order), List.of(sealed), true);
  }

  private static Carried toRead(String table, String order) {
    return new Carried(table, select(table, order), List.of(), false);
  }

  private static String select(String table, String order) {
    return "select * from " + table + " where tenant_id = ? and holder_id = ? order by " + order;
  }

  private static Sealed identity(String column, String row, String purpose) {
    return new Sealed(column, RetentionClass.IDENTITY, row, purpose, null);
  }

  private static Sealed raw(String column, String row, String purpose) {
    return new Sealed(column, RetentionClass.RAW, row, purpose, null);
  }
}
