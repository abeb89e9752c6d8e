package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.function.RemoteCallable;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FunctionPack;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotMemoryTest {
    private final Object program = new Object();
    private final SlotMemory memory = new SlotMemory();

    private static FrameCall frame(int function) {
        return new FrameCall(
                new UUID(1, 1),
                1,
                new long[0],
                new CodePack("p", 0, List.of()),
                CallShape.CALLABLE,
                FunctionPack.of(new byte[] {(byte) function}),
                List.of(),
                5,
                true,
                0,
                FrameCall.Limits.NONE,
                0);
    }

    @Test
    void aFunctionIsKnownWithinItsFrame() {
        FrameCall frame = frame(1);
        int[] captured = {1};
        RemoteCallable<Integer> function = () -> captured[0];
        assertThat(memory.function(program, frame)).isNull();

        memory.keep(program, frame, function);

        assertThat(memory.function(program, frame)).isSameAs(function);
        memory.forget();
        assertThat(memory.function(program, frame)).isNull();
    }

    @Test
    void whatHasCapturedNothingIsKnownInTheNextFrameOfItsProgram() {
        RemoteCallable<Integer> function = () -> 1;
        memory.keep(program, frame(1), function);

        assertThat(memory.function(program, frame(1))).isSameAs(function);
        assertThat(memory.function(program, frame(2))).isNull();
        assertThat(memory.function(new Object(), frame(1))).isNull();
        memory.forget();
        assertThat(memory.function(program, frame(1))).isNull();
    }

    private abstract static class Counting implements RemoteCallable<Integer> {
        private static final long serialVersionUID = 1L;

        private int calls;

        @Override
        public Integer call() {
            return ++calls;
        }
    }

    private static final class Inherits extends Counting {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatHasCapturedValuesOrFieldsIsReadAnewForEachFrame() {
        int[] captured = {1};
        RemoteCallable<Integer> function = () -> captured[0];
        for (Object read : List.of(function, new Inherits(), new Object[] {function})) {
            memory.keep(program, frame(1), read);

            assertThat(memory.function(program, frame(1))).isNull();
        }
    }
}
