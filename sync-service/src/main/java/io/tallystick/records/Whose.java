package io.tallystick.records;

import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.web.Times;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Whose records are asked for, and of which time; a list takes one as {@code @BeanParam}. */
public class Whose {
  @QueryParam("holder")
  @Parameter(description = "All connections of this holder that are open to the client.")
  @Nullable String holder;

  @QueryParam("connection")
  @Parameter(description = "One connection. This or a holder is needed.")
  @Nullable String connection;

  @QueryParam("from")
  @Parameter(
      description = "The first instant, RFC 3339.",
      schema = @Schema(implementation = String.class, format = "date-time"))
  @Nullable String from;

  @QueryParam("to")
  @Parameter(
      description = "The instant before which records end, RFC 3339.",
      schema = @Schema(implementation = String.class, format = "date-time"))
  @Nullable String to;

  /** Made by the framework from the query. */
  public Whose() {}

  /** The holder's public id, given or told by the connection; a problem when neither is there. */
  String holderId() {
    return holderId(holder, connection);
  }

  /** The holder's public id, given or told by the connection; a problem when neither is there. */
  static String holderId(@Nullable String holder, @Nullable String connection) {
    if (holder != null) {
      return holder;
    }
    if (connection == null) {
      throw Problem.invalid("connection", "Name a connection or a holder.");
    }
    return PublicIds.holder(PublicIds.orNotFound(PublicIds.connection(connection)).holder());
  }

  /** The first instant asked for; null for any. */
  @Nullable Instant from() {
    return Times.parameter("from", from);
  }

  /** The instant before which records end; null for none. */
  @Nullable Instant to() {
    return Times.parameter("to", to);
  }
}
