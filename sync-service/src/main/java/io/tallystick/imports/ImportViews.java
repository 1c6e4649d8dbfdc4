package io.tallystick.imports;

import io.tallystick.connection.Onlookers.Sight;
import io.tallystick.imports.ImportRows.Noted;
import io.tallystick.imports.ImportStore.Stored;
import io.tallystick.kernel.PublicIds;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Asked;
import io.tallystick.web.Csv;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Imports as clients see them. */
public final class ImportViews {
  private ImportViews() {}

  /** An import. */
  @Schema(name = "Import")
  public record ImportView(
      String id,
      String connection,
      @Nullable String name,
      @Schema(
              enumeration = {
                "asking",
                "checking",
                "checked",
                "committing",
                "committed",
                "stopped",
                "undoing",
                "undone",
                "refused"
              })
          String state,
      @Nullable String kind,
      @Nullable String domain,
      long size,
      long rows,
      long read,
      long added,
      long matched,
      long disputed,
      long unknown,
      long broken,
      @Schema(
              description =
                  "The version of the dictionary of operations that the rows were taken in by; absent"
                      + " before that.")
          @Nullable Integer dictionary,
      @Nullable String detail,
      String next,
      List<ImportQuestion> questions,
      Instant createdAt,
      Instant updatedAt) {

    static ImportView of(Sight sight, Stored row, List<String> described, List<Asked> asked) {
      Domain domain = row.domain();
      return new ImportView(
          PublicIds.imported(sight.link().holder(), row.id()),
          PublicIds.connection(sight.link().holder(), row.connection()),
          sight.names() ? described.getFirst() : null,
          row.state().code(),
          row.kind(),
          domain == null ? null : domain.code(),
          row.size(),
          row.position(),
          row.counts().read(),
          row.counts().added(),
          row.counts().matched(),
          row.counts().disputed(),
          row.counts().unknown(),
          row.counts().broken(),
          row.dictionary(),
          row.detail(),
          row.state().next(),
          sight.names() ? asked.stream().map(ImportQuestion::of).toList() : List.of(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  /** Something only a person knows. */
  @Schema(name = "ImportQuestion")
  public record ImportQuestion(String topic, String text, List<ImportChoice> choices)
      implements Csv.Word {
    static ImportQuestion of(Asked asked) {
      return new ImportQuestion(
          asked.topic(),
          asked.text(),
          new TreeMap<>(asked.choices())
              .entrySet().stream()
                  .map(choice -> new ImportChoice(choice.getKey(), choice.getValue()))
                  .toList());
    }

    @Override
    public String word() {
      return topic;
    }
  }

  /** An answer to offer. */
  @Schema(name = "ImportChoice")
  public record ImportChoice(String answer, String label) {}

  /** A row that needs a person's eye. */
  @Schema(name = "ImportRow")
  public record ImportRowView(
      int table,
      long line,
      @Schema(
              enumeration = {
                "broken",
                "unknown",
                "disputed",
                "foreign",
                "too-old",
                "not-covered",
                "shifted"
              })
          String outcome,
      @Schema(description = "The column at fault; absent when it is the whole row.")
          @Nullable String column,
      String reason,
      String remedy) {
    static ImportRowView of(Noted row) {
      return new ImportRowView(
          row.member() + 1,
          row.line(),
          row.outcome(),
          row.column().isEmpty() ? null : row.column(),
          row.reason(),
          row.remedy());
    }
  }

  /** Answers to an import's questions. */
  @Schema(name = "ImportAnswers")
  public record ImportAnswersRequest(
      @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid ImportAnswer> answers) {
    Map<String, String> byTopic() {
      Map<String, String> byTopic = new LinkedHashMap<>();
      answers.forEach(answer -> byTopic.put(answer.topic(), answer.answer()));
      return byTopic;
    }
  }

  /** An answer to one question. */
  @Schema(name = "ImportAnswer")
  public record ImportAnswer(
      @NotNull @Size(min = 1, max = 40) String topic,
      @NotNull @Size(min = 1, max = 200) String answer) {}
}
