package io.tallystick.web;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers any {@link Page} as CSV. The cursor of the next page, which has no place in a table, is
 * in the header {@code next-cursor}.
 */
@Provider
@Produces(Csv.MEDIA_TYPE)
public class CsvBody implements MessageBodyWriter<Page<?>> {
  /** The header with the next page's cursor; absent on the last page. */
  public static final String NEXT_CURSOR = "next-cursor";

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Page.class.isAssignableFrom(type) && rowType(genericType) != null;
  }

  @Override
  public void writeTo(
      Page<?> page,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    headers.putSingle("content-type", Csv.MEDIA_TYPE + "; charset=UTF-8; header=present");
    if (page.nextCursor() != null) {
      headers.putSingle(NEXT_CURSOR, page.nextCursor());
    }
    Class<?> row = rowType(genericType);
    if (row == null) {
      throw new IllegalStateException("the resource method must say what its pages hold");
    }
    out.write(table(row, page.items()).getBytes(StandardCharsets.UTF_8));
  }

  private static <R> String table(Class<R> row, List<?> items) {
    return Csv.of(row, items.stream().map(row::cast).toList());
  }

  private static @org.jspecify.annotations.Nullable Class<?> rowType(Type page) {
    return page instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] instanceof Class<?> row
        ? row
        : null;
  }
}
