package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.gridctl.EngineInfo;
import io.gridctl.EngineState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireTypesTest {
    private final InternalSerializationService serialization = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(WireTypes.FACTORY_ID, WireTypes.factory())
            .build();

    private <T> T travelled(T message) {
        return serialization.toObject(serialization.toData(message));
    }

    @Test
    void namesThatComeTwiceArriveOnce() {
        RemoveCall arrived = travelled(new RemoveCall(List.of("a", "b", "a")));

        assertThat(arrived).isNotNull();
    }

    @Test
    void anEngineRecordHasItsTagsInOrder() {
        EngineRecord record = new EngineRecord(
                new EngineInfo(1, 2, EngineState.READY, "host", 3, 4, Set.of("cc", "bb", "aa", "dd")), new UUID(5, 6));

        byte[] bytes = serialization.toData(record).toByteArray();

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).containsPattern("(?s)aa.*bb.*cc.*dd");
        assertThat(travelled(record)).isEqualTo(record);
    }

    @Test
    void anOutcomeOfEachKindArrives() {
        Outcome value =
                new Outcome(1, new Outcome.Value(new byte[] {7}), 2, 3, new Outcome.News("o", "e", new byte[] {5}));
        Outcome failed = new Outcome(
                4,
                new Outcome.Failed(new RemoteFailure(
                        "C", null, "text", List.of(new StackTraceElement("A", "b", null, -1)), new byte[0])),
                5,
                6,
                Outcome.News.NOTHING);
        Outcome cancelled = new Outcome(8, new Outcome.Cancelled(), 0, 0, Outcome.News.NOTHING);

        FrameReply arrived =
                travelled(new FrameReply(List.of(value, failed, cancelled), new long[] {9}, new long[] {10, 11}));

        assertThat(arrived.ended()).hasSize(3);
        assertThat(((Outcome.Value) arrived.ended().get(0).end()).bytes()).containsExactly(7);
        assertThat(arrived.ended().get(0).output()).usingRecursiveComparison().isEqualTo(value.output());
        RemoteFailure failure = ((Outcome.Failed) arrived.ended().get(1).end()).failure();
        assertThat(failure.message()).isNull();
        assertThat(failure.stack()).containsExactly(new StackTraceElement("A", "b", null, -1));
        assertThat(arrived.ended().get(2)).isEqualTo(cancelled);
        assertThat(arrived.late()).containsExactly(9);
        assertThat(arrived.handedBack()).containsExactly(10, 11);
    }
}
