/**
 * Reads every history export Binance offers or has offered: from a file's bytes to exact rows.
 *
 * <p>The way through: {@link io.tallystick.venue.binance.exports.file.Container} opens what was
 * uploaded; {@link io.tallystick.venue.binance.exports.ExportFiles} recognises each member by its
 * header and content, asks what only a person knows, and opens its {@link
 * io.tallystick.venue.binance.exports.Rows}; each row is an {@link
 * io.tallystick.venue.binance.exports.ExportRecord} or a {@link
 * io.tallystick.venue.binance.exports.RowFault}. {@link
 * io.tallystick.venue.binance.exports.Operations} tells what the statement's words mean. Nothing
 * here knows of uploads, databases or ledgers.
 */
@Module(uses = {"kernel", "venue.binance.exports.file"})
@NullMarked
package io.tallystick.venue.binance.exports;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
