package io.tallystick.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tallystick.kernel.Problem;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A refusal as RFC 9457 writes it.
 *
 * @param requestId the id that the service's own log carries for this request
 * @param extras further members, such as {@code field} and {@code remedy}
 */
@Schema(name = "Problem", description = "A refusal (RFC 9457): what was wrong and what to do next.")
public record ProblemDocument(
    @Schema(description = "Stable address of this kind of problem.") URI type,
    String title,
    int status,
    String detail,
    @Schema(description = "Stable short name of this kind of problem.") String code,
    @JsonProperty("request_id") @Schema(name = "request_id") String requestId,
    @Schema(hidden = true) @JsonAnyGetter Map<String, Object> extras) {

  /** The media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "https://tallystick.io/problems/";

  /** The document of a problem met while answering a request. */
  public static ProblemDocument of(Problem problem, String requestId) {
    Problem.Kind kind = problem.kind();
    return new ProblemDocument(
        URI.create(TYPES + kind.code()),
        kind.title(),
        kind.status(),
        problem.detail(),
        kind.code(),
        requestId,
        problem.extras());
  }
}
