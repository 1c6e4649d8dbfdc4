package io.tallystick.access;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Writes a checkpoint as its signed note alone: what one keeps in a file. */
@Provider
@Produces(MediaType.TEXT_PLAIN)
public class CheckpointText implements MessageBodyWriter<ProofsResource.CheckpointView> {
  /** Made by the framework. */
  public CheckpointText() {}

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] on, MediaType media) {
    return type == ProofsResource.CheckpointView.class;
  }

  @Override
  public void writeTo(
      ProofsResource.CheckpointView checkpoint,
      Class<?> type,
      Type generic,
      Annotation[] on,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(checkpoint.note().getBytes(StandardCharsets.UTF_8));
  }
}
