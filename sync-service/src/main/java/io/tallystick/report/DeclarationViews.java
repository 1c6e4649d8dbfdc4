package io.tallystick.report;

import io.tallystick.kernel.PublicIds;
import io.tallystick.report.reading.Declaration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Declarations as they are asked for and shown. */
public final class DeclarationViews {
  private DeclarationViews() {}

  /** Units with their history, or, in a selection, units of a lot. */
  @Schema(name = "DeclaredLot", description = "Units with their history, or units of a lot.")
  public record LotRequest(
      @NotNull BigDecimal quantity,
      @Nullable Instant acquiredAt,
      @Nullable BigDecimal cost,
      @Nullable String lot,
      @Nullable String source) {}

  /** What a person states. */
  @Schema(name = "DeclarationRequest", description = "What a person states.")
  public record DeclarationRequest(
      @NotNull String holder,
      @Schema(enumeration = {"purpose", "lots", "selection", "opening"}) @NotNull String kind,
      @Nullable String entry,
      @Schema(
              enumeration = {
                "own_transfer",
                "gift",
                "donation",
                "payment",
                "sale",
                "income",
                "loss"
              })
          @Nullable String purpose,
      @Schema(
              enumeration = {
                "staking",
                "interest",
                "mining",
                "airdrop",
                "airdrop_for_service",
                "fork",
                "referral",
                "rebate",
                "other"
              })
          @Nullable String incomeKind,
      @Nullable BigDecimal value,
      @Nullable String currency,
      @Nullable String connection,
      @Nullable String asset,
      @Nullable Instant at,
      @Nullable List<@Valid LotRequest> lots,
      @NotNull @Size(min = 1, max = 1000) String declaredBy,
      @Nullable @Size(max = 1000) String note,
      @Nullable Instant madeAt) {}

  /** A table of declarations. */
  @Schema(name = "DeclarationFileRequest", description = "Declarations as a table.")
  public record FileRequest(@NotNull String holder, @NotNull @Size(min = 1) String csv) {}

  /** What was taken in of a table. */
  @Schema(name = "DeclarationFile", description = "What a table of declarations came to.")
  public record FileView(int lines, List<String> declarations) {}

  /** A declaration. */
  @Schema(name = "Declaration", description = "What a person stated, or that he took it back.")
  public record DeclarationView(
      String id,
      String holder,
      @Schema(enumeration = {"purpose", "lots", "selection", "opening", "reversal"}) String kind,
      @Nullable String entry,
      @Nullable String reverses,
      boolean reversed,
      @Nullable String purpose,
      @Nullable String incomeKind,
      @Nullable BigDecimal value,
      @Nullable String currency,
      @Nullable String connection,
      @Nullable String asset,
      @Nullable Instant at,
      List<LotRequest> lots,
      String declaredBy,
      String note,
      Instant madeAt,
      Instant recordedAt,
      String recordedBy,
      @Schema(description = "The leaf of the access log that says so.") String leaf) {}

  static DeclarationView view(long holder, StatementStore.Statement one, boolean reversed) {
    Declaration said = one.said();
    return new DeclarationView(
        PublicIds.declaration(holder, one.id()),
        PublicIds.holder(holder),
        one.kind(),
        one.entry() == null ? null : PublicIds.entry(holder, one.entry()),
        one.reverses() == null ? null : PublicIds.declaration(holder, one.reverses()),
        reversed,
        said == null || said.purpose() == null ? null : said.purpose().code(),
        said == null || said.income() == null
            ? null
            : said.income().name().toLowerCase(Locale.ROOT),
        said == null ? null : said.value(),
        said == null ? null : said.currency(),
        said == null ? null : said.connection(),
        said == null ? null : said.asset(),
        said == null ? null : said.at(),
        said == null
            ? List.of()
            : said.lots().stream()
                .map(lot ->
                    new LotRequest(
                        lot.quantity(), lot.acquired(), lot.cost(), lot.lot(), lot.evidence()))
                .toList(),
        said == null ? "" : said.declaredBy(),
        said == null ? "" : said.note(),
        one.madeAt(),
        one.recordedAt(),
        PublicIds.client(one.recordedBy()),
        PublicIds.leaf(holder, one.leaf()));
  }
}
