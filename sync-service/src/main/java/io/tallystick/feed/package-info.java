/** The change feed: what became of the books, at positions that a reader can rely on. */
@Module(uses = {"kernel", "tenancy", "web", "consent", "records"})
@NullMarked
package io.tallystick.feed;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
