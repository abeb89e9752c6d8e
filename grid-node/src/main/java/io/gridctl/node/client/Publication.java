package io.gridctl.node.client;

import io.gridctl.PublishedValue;
import java.util.Objects;

/** What a task has published, to be read by whoever asks or is told. */
record Publication(int engineId, String taskId, byte[] bytes) {
    PublishedValue read(CodecAccess codec) {
        return new PublishedValue(engineId, taskId, Objects.requireNonNull(codec.decode(bytes), "a published value"));
    }
}
