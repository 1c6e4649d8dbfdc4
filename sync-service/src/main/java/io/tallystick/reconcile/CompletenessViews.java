package io.tallystick.reconcile;

import io.tallystick.kernel.Ids;
import io.tallystick.kernel.PublicIds;
import io.tallystick.reconcile.Completeness.Period;
import io.tallystick.reconcile.Completeness.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Completeness and gaps as they are shown. */
public final class CompletenessViews {
  private CompletenessViews() {}

  /** What can be said of a period. */
  @Schema(name = "CompletenessPeriod", description = "What can be said of one period.")
  public record PeriodView(
      @Schema(description = "Absent when nothing was to be read.") @Nullable Instant from,
      @Schema(description = "Absent while a gap is open, or nothing was proved yet.")
          @Nullable Instant to,
      @Schema(enumeration = {"complete", "gap", "unknown"}) String verdict,
      @Schema(description = "Why it is not complete: a stable code.") @Nullable String reason,
      @Schema(description = "What would help, in a sentence.") @Nullable String remedy,
      @Schema(description = "The source inside the venue that a gap is in.")
          @Nullable String stream,
      @Schema(description = "The market that a gap is about.") @Nullable String market,
      @Schema(description = "The id of the gap.") @Nullable String gap,
      @Schema(description = "The part of the source, where that is asked for part by part.")
          @Nullable String part) {}

  /** A domain. */
  @Schema(name = "DomainCompleteness", description = "One kind of record of one connection.")
  public record DomainView(
      String domain,
      @Schema(
              enumeration = {"complete", "gap", "unknown"},
              description = "Of all periods together: gap if there is one, else unknown if any is.")
          String verdict,
      boolean inConsent,
      @Schema(
              description =
                  "All sources of the domain were read to their end at this instant or later;"
                      + " absent when some were not.")
          @Nullable Instant provedUntil,
      @Schema(description = "Seconds from proved_until to now.") @Nullable Long lagSeconds,
      @Schema(description = "In order of time. Nothing is said of what comes after the last.")
          List<PeriodView> periods) {}

  /** An asset whose derived and reported balances are not the same. */
  @Schema(name = "BalanceDifference", description = "An asset that does not add up in a wallet.")
  public record DifferenceView(
      String asset,
      @Nullable BigDecimal reported,
      BigDecimal derived,
      @Schema(description = "Reported less derived.") @Nullable BigDecimal difference) {}

  /** A wallet. */
  @Schema(
      name = "WalletAgreement",
      description = "Whether what the postings add up to is what the venue reports.")
  public record WalletView(
      String wallet,
      @Schema(enumeration = {"agrees", "differs", "unreported"}) String verdict,
      int assets,
      int differing,
      @Schema(description = "When the newest of the reported balances was first seen.")
          @Nullable Instant reportedAt,
      @Schema(description = "Only for those who may read balances.")
          @Nullable List<DifferenceView> differences) {}

  /** Entries that nobody has explained. */
  @Schema(
      name = "UnexplainedEntries",
      description = "Entries that post to an account of which nobody knows what it stands for.")
  public record UnexplainedView(
      @Schema(description = "Operations that were not recognized.") int suspense,
      @Schema(description = "Opening amounts that a person declared.") int opening) {}

  /** How complete a connection's records are. */
  @Schema(
      name = "Completeness",
      description = "Which records of a connection are there, by kind of record and period.")
  public record CompletenessView(
      String connection,
      Instant asOf,
      @Schema(
              enumeration = {"complete", "gap", "unknown"},
              description = "Of all domains of the consent together.")
          String verdict,
      @Schema(description = "The first instant that the consent's look-back reaches.")
          Instant lookBackTo,
      List<DomainView> byDomain,
      @Schema(description = "Absent when the client may not know of balances.")
          @Nullable List<WalletView> wallets,
      UnexplainedView unexplained) {}

  /** A period of a domain as a line of a table. */
  @Schema(name = "CompletenessLine", hidden = true)
  public record CompletenessLine(
      String connection, String domain, PeriodView period, @Nullable Instant provedUntil) {}

  /** A gap. */
  @Schema(
      name = "Gap",
      description = "A typed, dated statement that something was not read, with its remedy.")
  public record GapView(
      String id,
      String connection,
      String domain,
      String stream,
      @Schema(description = "Absent when the gap is not about one market.") @Nullable String market,
      String reason,
      @Schema(description = "Absent for as far back as the consent goes.") @Nullable Instant from,
      @Schema(description = "Absent for as long as the gap is open.") @Nullable Instant to,
      String remedy,
      @Schema(description = "The raw record that the gap is about.") @Nullable String evidence,
      Instant openedAt,
      @Nullable Instant closedAt,
      @Schema(description = "The part of the source, where that is asked for part by part.")
          @Nullable String part) {}

  static DomainView domain(long holder, State state, Instant now) {
    Instant proved = state.provedUntil();
    return new DomainView(
        state.domain().code(),
        state.verdict(),
        state.inConsent(),
        proved,
        proved == null ? null : Math.max(0, Duration.between(proved, now).toSeconds()),
        state.periods().stream().map(period -> period(holder, period)).toList());
  }

  private static PeriodView period(long holder, Period period) {
    Verdict verdict = period.verdict();
    return switch (verdict) {
      case Verdict.Complete _ ->
          new PeriodView(
              period.from(), period.to(), verdict.code(), null, null, null, null, null, null);
      case Verdict.Unknown(Verdict.Cause cause) ->
          new PeriodView(
              period.from(),
              period.to(),
              verdict.code(),
              cause.code(),
              cause.remedy(),
              null,
              null,
              null,
              null);
      case Verdict.Gap gap ->
          new PeriodView(
              period.from(),
              period.to(),
              verdict.code(),
              gap.reason(),
              gap.remedy(),
              gap.stream(),
              gap.market(),
              Ids.of("gap", holder, gap.id()),
              gap.part());
    };
  }

  static List<CompletenessLine> lines(CompletenessView view) {
    return view.byDomain().stream()
        .flatMap(domain ->
            domain.periods().stream()
                .map(period ->
                    new CompletenessLine(
                        view.connection(), domain.domain(), period, domain.provedUntil())))
        .toList();
  }

  static List<WalletView> wallets(List<Line> lines, boolean amounts) {
    Map<String, List<Line>> byWallet =
        lines.stream()
            .collect(Collectors.groupingBy(Line::wallet, TreeMap::new, Collectors.toList()));
    return byWallet.entrySet().stream()
        .map(wallet -> wallet(wallet.getKey(), wallet.getValue(), amounts))
        .toList();
  }

  private static WalletView wallet(String name, List<Line> lines, boolean amounts) {
    List<Line> differing =
        lines.stream().filter(line -> Boolean.FALSE.equals(line.agrees())).toList();
    boolean silent =
        lines.stream().allMatch(line -> line.reported() == null)
            || lines.stream().anyMatch(line -> line.reported() == null && line.nonzero());
    String agreement = silent ? "unreported" : "agrees";
    Instant reportedAt =
        lines.stream()
            .map(Line::reported)
            .filter(Objects::nonNull)
            .map(Line.Reported::at)
            .max(Instant::compareTo)
            .orElse(null);
    return new WalletView(
        name,
        differing.isEmpty() ? agreement : "differs",
        lines.size(),
        differing.size(),
        reportedAt,
        amounts ? differing.stream().map(CompletenessViews::difference).toList() : null);
  }

  private static DifferenceView difference(Line line) {
    Line.Reported reported = line.reported();
    return new DifferenceView(
        line.asset(),
        reported == null ? null : reported.total(),
        line.derived(),
        line.difference());
  }

  static GapView gap(long holder, long connection, GapRow gap) {
    return new GapView(
        Ids.of("gap", holder, gap.id()),
        PublicIds.connection(holder, connection),
        gap.domain(),
        gap.stream(),
        gap.market(),
        gap.reason(),
        gap.from(),
        gap.to(),
        gap.remedy(),
        gap.evidence() == null ? null : PublicIds.evidence(holder, gap.evidence()),
        gap.openedAt(),
        gap.closedAt(),
        gap.part());
  }
}
