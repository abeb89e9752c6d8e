package io.gridctl.node.code;

import java.util.Objects;

/**
 * A value ready to be sent. Whoever decodes the payload needs the first {@code classCount} classes of the program.
 *
 * @param program the program whose classes the value is made of
 * @param payload the value as the codec wrote it; not copied, so nobody may change it
 * @param classCount how many of the program's classes a reader must have
 */
@SuppressWarnings("ArrayRecordComponent") // shipments are passed on, not compared
public record Shipment(Program program, byte[] payload, int classCount) {
    /** Checks that nothing is missing. */
    public Shipment {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(payload, "payload");
        if (classCount < 0) {
            throw new IllegalArgumentException("classCount: " + classCount);
        }
    }
}
