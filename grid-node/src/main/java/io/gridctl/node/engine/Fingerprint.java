package io.gridctl.node.engine;

import io.gridctl.node.task.LargeValues;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Tells whether the bytes of a value have changed, without keeping them. Two checks by polynomials without a common
 * factor are one of 64 bits: no change within eight bytes in a row escapes it, and of all others one in 2^64. It is as quick
 * as reading memory, which a hash against forgers is not.
 */
record Fingerprint(long length, long first, long second) {
    private static final int BUFFER_BYTES = 64 << 10;

    static Fingerprint of(byte[] bytes) {
        return of(LargeValues.Source.of(bytes));
    }

    static Fingerprint of(LargeValues.Source bytes) {
        Checksum first = new CRC32();
        Checksum second = new CRC32C();
        long length = bytes.length();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length));
        for (long at = 0; at < length; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
            bytes.fill(at, buffer);
            first.update(buffer.array(), 0, buffer.limit());
            second.update(buffer.array(), 0, buffer.limit());
        }
        return new Fingerprint(length, first.getValue(), second.getValue());
    }
}
