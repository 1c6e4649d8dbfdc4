package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuietSpansTest {
  @Test
  @DisplayName("F96 a secret in an address does not reach a trace")
  void aTraceKnowsThePathAndNotTheQuery() {
    InMemorySpanExporter told = InMemorySpanExporter.create();
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(new QuietSpans())
            .addSpanProcessor(SimpleSpanProcessor.create(told))
            .build()) {
      tracers
          .get("test")
          .spanBuilder("GET /v1/trades")
          .setAttribute("url.path", "/v1/trades")
          .setAttribute("url.query", "token=CANARY")
          .startSpan()
          .end();
      SpanData span = told.getFinishedSpanItems().getFirst();
      assertEquals("", span.getAttributes().get(AttributeKey.stringKey("url.query")));
      assertEquals("/v1/trades", span.getAttributes().get(AttributeKey.stringKey("url.path")));
    }
  }
}
