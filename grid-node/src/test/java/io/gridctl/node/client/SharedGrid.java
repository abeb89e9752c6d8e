package io.gridctl.node.client;

import static org.awaitility.Awaitility.await;

import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One grid of three engines for all tests that leave it as they found it; each test is followed by a check of that. */
final class SharedGrid implements BeforeAllCallback, AfterEachCallback {
    static final int ENGINES = 3;

    private static volatile @Nullable Grid current;

    /** The grid, open while any test of a class with this extension runs. */
    static Grid grid() {
        return Objects.requireNonNull(current, "asked for by a class without this extension");
    }

    private static Grid open() {
        Grid grid = Grid.local(ENGINES);
        current = grid;
        return grid;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(SharedGrid.class)).computeIfAbsent("grid", key -> open());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Gate.openAll();
        grid().engines().clear();
        await().until(SharedGrid::isIdle);
    }

    static boolean isIdle() throws InterruptedException {
        return grid().status().engines().stream().allMatch(SharedGrid::isIdle);
    }

    private static boolean isIdle(EngineStatus engine) {
        return engine.answered() && engine.running() == 0 && engine.waiting() == 0;
    }
}
