package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamespaceWriteTest {
    private static StoredValue value(int incarnation) {
        return StoredValue.of("t", "", new byte[] {(byte) incarnation}).written(incarnation, 1);
    }

    private static Map.Entry<String, @Nullable StoredValue> entry(@Nullable StoredValue present) {
        return new SimpleEntry<>("name", present);
    }

    @Test
    void anEngineWritesWhatItOrItsPredecessorWrote() {
        var empty = entry(null);
        var own = entry(value(2));
        var older = entry(value(1));

        assertThat(new NamespaceWrite(value(2), 2).process(empty)).isTrue();
        assertThat(new NamespaceWrite(value(2), 2).process(own)).isTrue();
        assertThat(new NamespaceWrite(value(2), 2).process(older)).isTrue();

        assertThat(older.getValue().incarnation()).isEqualTo(2);
    }

    @Test
    void anOutdatedIncarnationNeitherWritesNorRemoves() {
        var present = entry(value(3));

        assertThat(new NamespaceWrite(value(2), 2).process(present)).isFalse();
        assertThat(new NamespaceWrite(null, 2).process(present)).isFalse();

        assertThat(present.getValue().incarnation()).isEqualTo(3);
    }

    @Test
    void aRemovalTakesTheEntryAway() {
        var present = entry(value(1));

        assertThat(new NamespaceWrite(null, 1).process(present)).isTrue();

        assertThat(present.getValue()).isNull();
    }
}
