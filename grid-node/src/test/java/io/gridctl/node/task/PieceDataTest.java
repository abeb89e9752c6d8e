package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceDataTest {
    private final InternalSerializationService hazelcast = new DefaultSerializationServiceBuilder().build();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1 << 20})
    void aPieceIsMadeAsHazelcastMakesItAndReadAsItWasWritten(int size) {
        byte[] piece = new byte[size];
        new Random(size).nextBytes(piece);

        Data made = PieceData.of(size, into -> into.put(piece));

        Data own = hazelcast.toData(piece);
        assertThat(made).isEqualTo(own);
        assertThat(made.toByteArray()).isEqualTo(own.toByteArray());
        assertThat(hazelcast.<byte[]>toObject(made)).isEqualTo(piece);
        assertThat(PieceData.bytes(own)).isEqualTo(ByteBuffer.wrap(piece));
        assertThat(PieceData.bytes(piece)).isEqualTo(ByteBuffer.wrap(piece));
        assertThat(PieceData.bytes(null)).isNull();
    }
}
