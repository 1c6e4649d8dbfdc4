package io.tallystick.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of the entries of a page, as arrays. */
final class EntryColumns {
  final UUID[] ids;
  final Integer[] revisions;
  final UUID[] evidence;
  final Instant[] times;
  final String[] kinds;
  final String[] states;
  final Integer[] versions;
  final String[] ranks;
  final @Nullable String[] markets;
  final @Nullable String[] sides;
  final @Nullable BigDecimal[] prices;
  final @Nullable BigDecimal[] quantities;
  final @Nullable BigDecimal[] quotes;
  final @Nullable BigDecimal[] fees;
  final @Nullable String[] feeAssets;
  final @Nullable String[] venueRefs;
  final @Nullable String[] orderRefs;
  final @Nullable Boolean[] makers;
  final @Nullable String[] networks;
  final @Nullable String[] domains;
  final @Nullable UUID[] facts;

  EntryColumns(int n) {
    ids = new UUID[n];
    revisions = new Integer[n];
    evidence = new UUID[n];
    times = new Instant[n];
    kinds = new String[n];
    states = new String[n];
    versions = new Integer[n];
    ranks = new String[n];
    markets = new String[n];
    sides = new String[n];
    prices = new BigDecimal[n];
    quantities = new BigDecimal[n];
    quotes = new BigDecimal[n];
    fees = new BigDecimal[n];
    feeAssets = new String[n];
    venueRefs = new String[n];
    orderRefs = new String[n];
    makers = new Boolean[n];
    networks = new String[n];
    domains = new String[n];
    facts = new UUID[n];
  }

  void set(int i, Planned plan) {
    Entry entry = plan.booking().entry();
    ids[i] = plan.id();
    revisions[i] = plan.revision();
    evidence[i] = plan.booking().evidence();
    times[i] = entry.occurredAt();
    kinds[i] = entry.kind().code();
    states[i] = entry.state().code();
    versions[i] = plan.booking().mappingVersion();
    ranks[i] = plan.rank();
    networks[i] = entry.network();
    domains[i] = plan.booking().domain();
    Entry.Terms terms = entry.terms();
    if (terms != null) {
      markets[i] = terms.market();
      sides[i] = terms.side();
      prices[i] = terms.price();
      quantities[i] = terms.quantity();
      quotes[i] = terms.quoteQuantity();
      fees[i] = terms.fee();
      feeAssets[i] = terms.feeAsset();
      venueRefs[i] = terms.venueRef();
      orderRefs[i] = terms.orderRef();
      makers[i] = terms.maker();
    }
  }
}
