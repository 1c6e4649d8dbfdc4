package io.tallystick.consent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tallystick.tenancy.LawfulBasis;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What only the operator can say of the processing and of whoever answers for it. It is written
 * into each version of a consent when that is made, and never changes there.
 */
@ConfigMapping(prefix = "tallystick.register")
public interface ControllerSettings {
  /** How to reach whoever answers for the data: a name, a mailbox, a number. */
  Optional<String> contact();

  /** His postal address. */
  Optional<String> address();

  /** The country he is in (ISO 3166-1 alpha-2). */
  Optional<String> country();

  /** Where the data is kept; several places with semicolons between them. */
  Optional<String> storage();

  /** To which other countries it goes, and under which guarantees; {@code none} where to none. */
  Optional<String> transfers();

  /** On what the processing rests. */
  @WithDefault("consent")
  LawfulBasis lawfulBasis();

  /** A page on which a holder can withdraw: https, or http on the machine's own loopback. */
  Optional<URI> withdrawalUrl();

  /** Where a holder finds what rights he has and how to use them. */
  Optional<String> rights();

  /** To which authority he can complain. */
  Optional<String> authority();

  /** By which name the assessment of the processing's impact is found. */
  Optional<String> dpia();

  /** Codes of conduct that are followed, with semicolons between them. */
  Optional<String> codesOfConduct();

  /** Who works on the data for whoever answers for it, by a short name of the operator's. */
  Map<String, Processor> processors();

  /** What purposes mean, by the words that consents name. */
  Map<String, Purpose> purposes();

  /** Who works on the data for whoever answers for it: whoever hosts the service, for one. */
  interface Processor {
    /** Its name; the short one where nothing is given. */
    Optional<String> name();

    /** What it does, such as hosting. */
    Optional<String> role();

    /** How to reach it. */
    Optional<String> contact();

    /** Its postal address. */
    Optional<String> address();

    /** The country it is in (ISO 3166-1 alpha-2). */
    Optional<String> country();
  }

  /** What a purpose means. */
  interface Purpose {
    /** The words in which holders are shown it. */
    Optional<String> text();

    /** Its name in the W3C Data Privacy Vocabulary, such as {@code ServicePersonalisation}. */
    Optional<String> category();

    /** Whether what the holder asked for cannot be done without it. */
    Optional<Boolean> necessary();
  }
}
