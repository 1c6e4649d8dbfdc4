package io.tallystick.live;

import io.tallystick.egress.Environments;
import io.tallystick.egress.Lines;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.News;
import java.util.random.RandomGenerator;

/** What a listener works with; the same for all. */
record Means(
    Watches watches,
    Lines lines,
    News news,
    NewsCommit commits,
    Environments environments,
    Pace pace,
    RandomGenerator random) {}
