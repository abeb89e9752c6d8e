/**
 * Programs a user would write: each is one file with a {@code main}, needs the JDK and grid-api only, and runs with
 * {@code ./gridctl run FILE}. Read {@link io.gridctl.samples.FirstWalkthrough} first.
 */
@NullMarked
package io.gridctl.samples;

import org.jspecify.annotations.NullMarked;
