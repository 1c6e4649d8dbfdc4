package io.tallystick.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says in the contract, once for every operation, that any refusal is a problem document. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {
  private static final String NAME = "Problem";

  /** Made by the framework. */
  public ContractFilter() {}

  @Override
  public Operation filterOperation(Operation operation) {
    operation
        .getResponses()
        .addAPIResponse(
            "default", OASFactory.createAPIResponse().ref("#/components/responses/" + NAME));
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
