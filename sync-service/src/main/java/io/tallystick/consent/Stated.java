package io.tallystick.consent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said of the processing when a version of a consent was made: by whom, for whom, where,
 * how long. It is kept with the version as JSON, so that what is said later changes no record.
 *
 * @param form of this text
 * @param controller who answers for the data
 * @param processors who work on it for him
 * @param recipients the clients that the version names
 * @param purposes those that it names
 * @param storage where it is kept; empty when nobody said
 * @param transfers to other countries, with their guarantees; empty when nobody said
 * @param kept how long what is kept; null when nobody said
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Stated(
    int form,
    Party controller,
    List<Party> processors,
    List<Party> recipients,
    List<Purpose> purposes,
    List<String> storage,
    List<String> transfers,
    @Nullable Kept kept,
    Besides besides) {
  static final int FORM = 1;

  private static final JsonMapper JSON = new JsonMapper();

  public Stated {
    Objects.requireNonNull(controller);
    Objects.requireNonNull(besides);
    processors = List.copyOf(processors);
    recipients = List.copyOf(recipients);
    purposes = List.copyOf(purposes);
    storage = List.copyOf(storage);
    transfers = List.copyOf(transfers);
  }

  /**
   * Who takes part; what nobody said is null.
   *
   * @param id a client's public id, or a name of ours for others
   * @param country ISO 3166-1 alpha-2
   * @param task what a processor does, or the role of a client
   * @param purpose of a client
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Party(
      String id,
      String name,
      @Nullable String contact,
      @Nullable String address,
      @Nullable String country,
      @Nullable String task,
      @Nullable String purpose) {
    public Party {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
    }

    /** One of whom only a name is known. */
    static Party named(String id, String name) {
      return new Party(id, name, null, null, null, null, null);
    }
  }

  /**
   * A purpose; what nobody said is null.
   *
   * @param code as consents name it
   * @param text in which holders are shown it
   * @param category its name in the W3C Data Privacy Vocabulary
   * @param necessary whether what the holder asked for cannot be done without it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Purpose(
      String code, @Nullable String text, @Nullable String category, @Nullable Boolean necessary) {
    public Purpose {
      Objects.requireNonNull(code);
    }
  }

  /**
   * How long what is kept.
   *
   * @param profile the rules, with their version
   * @param periods by class
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Kept(String profile, Map<String, String> periods) {
    public Kept {
      Objects.requireNonNull(profile);
      periods = new TreeMap<>(periods);
    }
  }

  /**
   * What is said of the processing as a whole; what nobody said is null or empty.
   *
   * @param withdrawAt the page on which a holder can withdraw
   * @param rights where he finds what he can ask for
   * @param authority to which he can complain
   * @param dpia by which name the assessment of its impact is found
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Besides(
      @Nullable String withdrawAt,
      @Nullable String rights,
      @Nullable String authority,
      @Nullable String dpia,
      List<String> codesOfConduct) {
    public Besides {
      codesOfConduct = List.copyOf(codesOfConduct);
    }

    static final Besides NOTHING = new Besides(null, null, null, null, List.of());
  }

  /** The text that is kept. */
  String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was stated cannot be written", e);
    }
  }

  /** Reads such a text; an {@link IllegalArgumentException} when it is none. */
  public static Stated read(String text) {
    try {
      return Objects.requireNonNull(JSON.readValue(text, Stated.class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new IllegalArgumentException("what was stated with a consent cannot be read", e);
    }
  }
}
