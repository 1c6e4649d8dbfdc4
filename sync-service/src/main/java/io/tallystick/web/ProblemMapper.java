package io.tallystick.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tallystick.kernel.Outage;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.Problem.Kind;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns everything that can go wrong while answering into one kind of document. */
@ApplicationScoped
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  /** The member of a problem that tells when to ask again, in seconds; a header repeats it. */
  private static final String RETRY_AFTER = "retry_after";

  private final CurrentVertxRequest exchange;

  ProblemMapper(CurrentVertxRequest exchange) {
    this.exchange = exchange;
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> problem(Problem problem) {
    String requestId = requestId();
    RestResponse.ResponseBuilder<ProblemDocument> answer =
        // By number: the framework's own list of statuses ends before 422.
        RestResponse.ResponseBuilder.<ProblemDocument>create(problem.kind().status())
            .entity(ProblemDocument.of(problem, requestId))
            .type(MediaType.valueOf(ProblemDocument.MEDIA_TYPE));
    if (problem.kind() == Kind.UNAUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.extras().get(RETRY_AFTER) instanceof Long seconds) {
      answer.header(HttpHeaders.RETRY_AFTER, seconds);
    }
    return answer.build();
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  RestResponse<ProblemDocument> unauthenticated(SecurityException refused) {
    return problem(
        new Problem(
            Kind.UNAUTHENTICATED,
            "Send a token that exists, has not expired and was not revoked, as Authorization:"
                + " Bearer."));
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> forbidden(ForbiddenException refused) {
    return problem(new Problem(Kind.FORBIDDEN, "Use a token of a client whose role may do this."));
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> violations(ConstraintViolationException refused) {
    String fields =
        refused.getConstraintViolations().stream()
            .map(ProblemMapper::fieldOf)
            .sorted()
            .collect(Collectors.joining(", "));
    String sentence =
        refused.getConstraintViolations().stream()
            .map(violation -> fieldOf(violation) + " " + violation.getMessage())
            .sorted()
            .collect(Collectors.joining("; "));
    return problem(Problem.invalid(fields, sentence + "."));
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> json(JacksonException unreadable) {
    return problem(problemOf(unreadable));
  }

  // Quarkus has a mapper of its own for this kind, which a more general one does not replace.
  @ServerExceptionMapper
  RestResponse<ProblemDocument> json(MismatchedInputException unreadable) {
    return problem(problemOf(unreadable));
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> http(WebApplicationException refused) {
    if (refused.getCause() instanceof JacksonException unreadable) {
      return json(unreadable);
    }
    if (refused.getCause() instanceof Problem problem) {
      return problem(problem);
    }
    int status = refused.getResponse().getStatus();
    return switch (status) {
      case 401 -> unauthenticated(new SecurityException());
      case 403 -> forbidden(new ForbiddenException());
      case 404 -> problem(Problem.notFound());
      case 405 ->
          problem(new Problem(Kind.METHOD_NOT_ALLOWED, "See the contract for the methods."));
      case 406 ->
          problem(
              new Problem(Kind.NOT_ACCEPTABLE, "Accept application/json, or text/csv of lists."));
      case 413 -> problem(new Problem(Kind.TOO_LARGE, "Send a smaller body."));
      case 415 -> problem(new Problem(Kind.UNSUPPORTED_MEDIA_TYPE, "Send application/json."));
      case 503 -> problem(new Problem(Kind.UNAVAILABLE, "Try again in a few seconds."));
      default ->
          status >= 400 && status < 500
              ? problem(new Problem(Kind.INVALID_REQUEST, "The request could not be understood."))
              : lastResort(refused);
    };
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> input(IOException broken) {
    // Quarkus has no type of its own for a body that grew beyond the limit while it was read.
    return "Request too large".equals(broken.getMessage())
        ? problem(new Problem(Kind.TOO_LARGE, "Send a smaller body."))
        : lastResort(broken);
  }

  @ServerExceptionMapper
  RestResponse<ProblemDocument> lastResort(Throwable bug) {
    for (Throwable cause = bug.getCause(); cause != null; cause = cause.getCause()) {
      // Transactions and thread hand-overs wrap what was thrown inside them.
      if (cause instanceof Problem problem) {
        return problem(problem);
      }
    }
    if (Outage.is(bug)) {
      LOG.warnf("request %s failed, the database is away", requestId());
      return problem(
          new Problem(
                  Kind.UNAVAILABLE,
                  "The database cannot be asked now; try again after retry_after seconds. What you"
                      + " sent may have been stored: look before you send it again.")
              .with(RETRY_AFTER, 5L));
    }
    LOG.errorf(bug, "request %s failed", requestId());
    return problem(
        new Problem(
            Kind.INTERNAL, "Nothing was stored. Report the request id if it happens again."));
  }

  private static Problem problemOf(JacksonException unreadable) {
    // Jackson's own messages name classes and repeat the body; only the place is passed on.
    return switch (unreadable) {
      case StreamConstraintsException ignored ->
          new Problem(Kind.INVALID_REQUEST, "The JSON is nested too deep, or a value is too long.");
      case UnrecognizedPropertyException unknown ->
          Problem.invalid(
              Json.path(unknown), "There is no such member here; see the contract for the names.");
      case JsonMappingException mapping when mapping.getCause() instanceof Problem problem ->
          problem;
      case JsonMappingException mapping ->
          Problem.invalid(Json.path(mapping), "The member is missing or has the wrong form.");
      case JsonParseException ignored ->
          new Problem(Kind.INVALID_REQUEST, "The body is not JSON, or names a member twice.");
      default -> new Problem(Kind.INVALID_REQUEST, "The body could not be read.");
    };
  }

  private static String fieldOf(ConstraintViolation<?> violation) {
    return Json.snakeCase(Json.withoutMethod(violation.getPropertyPath()));
  }

  private String requestId() {
    @Nullable RoutingContext current = exchange.getCurrent();
    @Nullable String id =
        current == null ? null : current.response().headers().get(FrontDoor.REQUEST_ID);
    return id == null ? "unknown" : id;
  }
}
