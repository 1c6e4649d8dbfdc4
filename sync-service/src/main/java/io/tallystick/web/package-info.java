/** What every REST answer has in common: problems, request ids, pages, CSV, JSON rules, limits. */
@Module(uses = "kernel")
@NullMarked
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tallystick",
            version = "0.1.0",
            description = "Proves what is in a person's exchange account, through read-only keys."),
    components =
        @Components(
            securitySchemes =
                @SecurityScheme(
                    securitySchemeName = "bearer",
                    type = SecuritySchemeType.HTTP,
                    scheme = "bearer",
                    description = "An opaque token of a client of the tenant.")))
package io.tallystick.web;

import io.tallystick.kernel.Module;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
