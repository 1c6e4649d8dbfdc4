package io.tallystick.web;

import io.tallystick.kernel.Problem;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters every paged list has; a resource method takes one as {@code @BeanParam}. */
public class PageRequest {
  private static final int MAX_LIMIT = 1000;
  private static final int DEFAULT_LIMIT = 100;

  @QueryParam("limit")
  @Parameter(
      description = "Most items on a page.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  @Nullable String limit;

  @QueryParam("cursor")
  @Parameter(
      description = "The next_cursor of the page before, with the same filters.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 1024))
  @Nullable String cursor;

  /** Made by the framework from the query. */
  public PageRequest() {}

  /** Most items on the page, 1 to 1000; a problem when the parameter is anything else. */
  public int limit() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    boolean digits =
        !limit.isEmpty() && limit.length() <= 4 && limit.chars().allMatch(PageRequest::isDigit);
    int value = digits ? Integer.parseInt(limit) : 0;
    if (value < 1 || value > MAX_LIMIT) {
      throw Problem.invalid("limit", "Ask for 1 to " + MAX_LIMIT + " items.");
    }
    return value;
  }

  /** The cursor as it was sent; null on the first page. */
  public @Nullable String cursor() {
    return cursor;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
