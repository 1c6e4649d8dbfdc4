/** What every REST answer has in common: problems, request ids, pages, CSV, JSON rules, limits. */
@Module(uses = "kernel")
@NullMarked
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tallystick",
            version = "0.1.0",
            license = @License(name = "Apache License 2.0", identifier = "Apache-2.0")),
    servers = @Server(url = "/"),
    components =
        @Components(
            securitySchemes =
                @SecurityScheme(
                    securitySchemeName = "bearer",
                    type = SecuritySchemeType.HTTP,
                    scheme = "bearer")))
package io.tallystick.web;

import io.tallystick.kernel.Module;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.jspecify.annotations.NullMarked;
