package io.tallystick.sandbox.export;

import io.tallystick.sandbox.wire.Body;

/**
 * A file as it lands in the person's folder.
 *
 * @param name which carries what the content does not, such as the zone
 * @param rows how many rows it has below its header
 */
public record ExportFile(String name, Body content, int rows) {}
