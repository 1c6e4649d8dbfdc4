package io.tallystick.sandbox.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/** What an endpoint says: a document, or a refusal. */
public sealed interface Answer permits Answer.Document, Refusal {

  /** A document for status 200. */
  record Document(JsonNode body) implements Answer {}
}
