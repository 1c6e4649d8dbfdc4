package io.tallystick.tenancy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * On what whoever answers for the data rests the processing, as GDPR article 6(1) has it. The
 * operator chooses it; what a consent allows, and that its holder can end it, is the same under all
 * of them.
 */
public enum LawfulBasis {
  CONSENT("dpv:Consent"),
  CONTRACT("dpv:Contract"),
  LEGAL_OBLIGATION("dpv:LegalObligation"),
  VITAL_INTEREST("dpv:VitalInterest"),
  PUBLIC_INTEREST("dpv:PublicInterest"),
  LEGITIMATE_INTEREST("dpv:LegitimateInterest");

  private final String term;

  LawfulBasis(String term) {
    this.term = term;
  }

  /** The word of settings, rows and answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The W3C Data Privacy Vocabulary's word for it. */
  public String term() {
    return term;
  }

  /** All the words. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(LawfulBasis::code).toList();
  }

  /** The basis as a row has it. */
  public static LawfulBasis of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
