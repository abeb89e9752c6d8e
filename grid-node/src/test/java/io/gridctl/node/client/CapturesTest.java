package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gridctl.AsyncResult;
import io.gridctl.ConnectOptions;
import io.gridctl.EngineListener;
import io.gridctl.Grid;
import io.gridctl.NotShippableException;
import io.gridctl.Subscription;
import io.gridctl.TaskFailedException;
import io.gridctl.function.RemoteCallable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(SharedGrid.class)
class CapturesTest {
    private static final int MEGABYTE = 1 << 20;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CallLimit.class);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    private List<String> warnings() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theGridAndAllThatLeadsToItAreRefused() throws Exception {
        Grid grid = SharedGrid.grid();
        AsyncResult<Integer> result = grid.engine(0).applyAsync(() -> 1);
        assertThat(result.await()).isEqualTo(1);
        try (Subscription subscription = grid.onEngineChange(new EngineListener() {})) {
            Stream.of(
                            grid,
                            grid.engine(0),
                            grid.engines(),
                            grid.loadBalanced(),
                            result,
                            grid.engines().applyAsync(() -> 1),
                            subscription)
                    .forEach(CapturesTest::assertRefused);
        }
    }

    private static void assertRefused(Object captured) {
        RemoteCallable<String> function = () -> captured.toString();

        assertThatThrownBy(() -> SharedGrid.grid().engine(0).apply(function))
                .isInstanceOf(NotShippableException.class)
                .hasMessageMatching(
                        "(?s)cannot send the function: lambda at CapturesTest\\.java:\\d+ → captured \\(.*\\)\\."
                                + " (The grid is this program's connection; inside a task, use the namespace argument.*"
                                + "|A result is completed in this process; send its value instead\\.)");
    }

    @Test
    void aNamespaceDoesNotLeaveItsEngine() {
        assertThatThrownBy(() -> SharedGrid.grid().engine(0).apply(names -> names))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("A namespace belongs to its engine");
    }

    @Test
    void aLargeCaptureIsWarnedOfOnceForItsPlace() throws Exception {
        double[] data = new double[3 * MEGABYTE / Double.BYTES];
        for (int call = 0; call < 3; call++) {
            assertThat(SharedGrid.grid().engine(0).apply(() -> data.length)).isEqualTo(data.length);
        }
        assertThat(SharedGrid.grid().loadBalanced().map(x -> data.length + x, List.of(1, 2)))
                .hasSize(2);

        assertThat(warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .matches(
                                "lambda at CapturesTest\\.java:\\d+ → data \\(double\\[\\]\\) is large: 3\\.0 MB are written for every"
                                        + " call and travel to every engine\\. Push it once .*"));
    }

    @Test
    void aSmallCaptureAndAnArgumentAreNotWarnedOf() throws Exception {
        byte[] small = new byte[MEGABYTE / 2];
        byte[] argument = new byte[2 * MEGABYTE];

        SharedGrid.grid().engine(0).apply(() -> small.length);
        SharedGrid.grid().engine(0).<byte[], Integer>apply(bytes -> bytes.length, argument);

        assertThat(warnings()).isEmpty();
    }

    private record Model(String name, Weights weights) {}

    private record Weights(int[] numbers) {}

    @Test
    void whatIsBeyondTheLimitIsRefusedWithTheWayToMostOfIt() throws Exception {
        try (TestGrid nodes = new TestGrid(1)) {
            Grid grid = nodes.connect(ConnectOptions.defaults().withMaxCallBytes(MEGABYTE));
            Model model = new Model("m", new Weights(new int[2 * MEGABYTE / Integer.BYTES]));

            assertThatThrownBy(() -> grid.engine(0).apply(() -> model.name()))
                    .isInstanceOf(NotShippableException.class)
                    .hasMessageMatching(
                            "cannot send the function: lambda at CapturesTest\\.java:\\d+ → model \\(.*Model\\)"
                                    + " → weights \\(.*Weights\\) → numbers \\(int\\[\\]\\) is large: 2\\.0 MB, and a call carries 1\\.0 MB"
                                    + " at most\\. Push it once under a name and read it inside the task, or raise the limit with"
                                    + " ConnectOptions\\.withMaxCallBytes\\.");
            assertThatThrownBy(() -> grid.engine(0).<Model, String>apply(Model::name, model))
                    .isInstanceOf(NotShippableException.class)
                    .hasMessageContaining("cannot send the argument: ")
                    .hasMessageContaining("→ numbers (int[]) is large: 2.0 MB");
            assertThatThrownBy(() -> grid.loadBalanced().map(Model::name, List.of(model)))
                    .isInstanceOf(NotShippableException.class)
                    .hasMessageContaining("cannot send the item: ");

            grid.engine(0).push("model", model);
            assertThat(grid.engine(0)
                            .<String>apply(names -> names.<Model>get("model").name()))
                    .isEqualTo("m");
        }
    }
}
