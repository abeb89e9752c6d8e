package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.NotShippableException;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What belongs to one process and is not sent, and what is said of it. */
@SuppressWarnings("UnusedVariable") // fields are here to be refused
class RefusalsTest {
    private static final PayloadCodec CODEC = new PayloadCodec();

    static final class Job {
        private final Map<String, Object> parts = new HashMap<>();
        private final @Nullable Object lock;

        Job(@Nullable Object lock) {
            this.lock = lock;
        }
    }

    @Test
    void refusalsNameThePath() throws IOException {
        Job job = new Job(null);
        try (Socket socket = new Socket()) {
            job.parts.put("list", List.of("ok", Optional.of(socket)));

            assertThatThrownBy(() -> CODEC.encode(job))
                    .isInstanceOf(NotShippableException.class)
                    .hasMessage("cannot send the value: " + Job.class.getName()
                            + " → parts (java.util.HashMap) → [\"list\"] (java.util.ImmutableCollections$List12)"
                            + " → [1] (java.util.Optional) → value (java.net.Socket)."
                            + " A socket belongs to this process; open it inside the task instead.");
        }
    }

    @Test
    void aFunctionThatIsNotSerializableGetsAdvice() {
        Function<Integer, Integer> function = x -> x + 1;

        assertThatThrownBy(() -> CODEC.encode("function", function, type -> {}))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("java.util.function.Function")
                .hasMessageContaining("RemoteFunction");
    }

    static List<Object> refused() {
        return List.of(
                Thread.currentThread(),
                new ReentrantLock(),
                Stream.of(1),
                List.of(1).iterator(),
                RefusalsTest.class.getClassLoader(),
                ThreadLocal.withInitial(() -> 1),
                Runnable.class.getModule());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatBelongsToAProcessIsRefusedWhereverItIs(Object value) {
        assertThatThrownBy(() -> CODEC.encode(value)).isInstanceOf(NotShippableException.class);
        assertThatThrownBy(() -> CODEC.encode(new Job(value)))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("Job → lock (" + value.getClass().getTypeName() + ")");
    }
}
