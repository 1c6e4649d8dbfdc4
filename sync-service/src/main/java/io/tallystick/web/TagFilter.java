package io.tallystick.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.kernel.Digests;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer the digest of what it says as its tag. The read was judged and logged before: a
 * tag opens nothing and hides nothing from the log.
 */
@Tagged
@Provider
public class TagFilter implements ContainerResponseFilter {
  private static final int LENGTH = 32;

  private final ObjectMapper json;

  TagFilter(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object said = response.getEntity();
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!read || said == null || response.getStatus() != Response.Status.OK.getStatusCode()) {
      return;
    }
    EntityTag tag = new EntityTag(digest(said, response.getMediaType()));
    response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    if (request.getRequest().evaluatePreconditions(tag) != null) {
      response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
      response.setEntity(null);
    }
  }

  private String digest(Object said, @Nullable MediaType type) {
    try {
      byte[] bytes = bytes(said);
      byte[] form = String.valueOf(type).getBytes(StandardCharsets.UTF_8);
      String both =
          HexFormat.of().formatHex(Digests.sha256(bytes)) + HexFormat.of().formatHex(form);
      return HexFormat.of()
          .formatHex(Digests.sha256(both.getBytes(StandardCharsets.UTF_8)))
          .substring(0, LENGTH);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written", e);
    }
  }

  private byte[] bytes(Object said) throws JsonProcessingException {
    if (said instanceof byte[] raw) {
      return raw;
    }
    return said instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : json.writeValueAsBytes(said);
  }
}
