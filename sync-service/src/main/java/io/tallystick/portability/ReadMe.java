package io.tallystick.portability;

/** What a person who opens the archive reads first. */
final class ReadMe {
  static final String TEXT =
      """
      All that was kept of one person's exchange accounts.

      manifest.note   whose archive this is, the hash of each ledger, and of each file here its
                      length and SHA-256; signed (C2SP signed note, Ed25519)
      csv/            entries, postings, connections, consents, imports and gaps for a spreadsheet;
                      a text that a spreadsheet would take for a formula begins with an apostrophe
      rows/           every row, one JSON object a line: numbers and instants as texts, bytes as
                      {"text": ...} or {"base64": ...}
                        evidence      the records as venues and files told them, byte for byte
                        import_piece  uploaded files, in pieces; batch_id tells which
                        entry, claim, balance  the books made of them
                        gap           what could not be read, why, and what would help
                        declaration   what was stated beside the evidence
                        bookmark, sync_run  how far was read, and when; for information
                      No key, token or password of a venue is here: they never leave the vault.
      consents/       every consent in JSON-LD (W3C DPV), signed receipts within; receipts.key
                      verifies them
      access-log/     who did what with the data. leaves.jsonl is in words; proofs.ndjson and
                      checkpoint.note are read by the offline verifier, which trusts nobody
      naming.json     the key by which the records' ids are made: other books know them again by it

      A Tallystick instance takes the archive in by POST /v1/arrivals and comes to the same ledger
      hashes, or takes nothing in and names the file that is not as the manifest says.
      """;

  private ReadMe() {}
}
