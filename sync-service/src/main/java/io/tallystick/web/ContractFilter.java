package io.tallystick.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Says in the contract, once for every operation, that any refusal is a problem document and that a
 * table is text.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {
  private static final String NAME = "Problem";

  /** Made by the framework. */
  public ContractFilter() {}

  @Override
  public Operation filterOperation(Operation operation) {
    APIResponses responses = operation.getResponses();
    for (String refusal : List.of("401", "403", "default")) {
      responses.addAPIResponse(
          refusal, OASFactory.createAPIResponse().ref("#/components/responses/" + NAME));
    }
    for (APIResponse response : responses.getAPIResponses().values()) {
      Content content = response.getContent();
      if (content != null && content.hasMediaType(Csv.MEDIA_TYPE)) {
        content
            .getMediaType(Csv.MEDIA_TYPE)
            .setSchema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
      }
    }
    return operation;
  }

  @Override
  public void filterOpenAPI(OpenAPI contract) {
    Components components = contract.getComponents();
    if (components == null) {
      components = OASFactory.createComponents();
      contract.setComponents(components);
    }
    APIResponse problem =
        OASFactory.createAPIResponse()
            .description("A refusal: what was wrong and what to do next (RFC 9457).")
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        ProblemDocument.MEDIA_TYPE,
                        OASFactory.createMediaType()
                            .schema(
                                OASFactory.createSchema().ref("#/components/schemas/" + NAME))));
    components.addResponse(NAME, problem);
  }
}
