package io.gridctl.node.client;

/** A row of a CSV file that is not made before its gate is open. */
record GatedRow(int number, String gate) {
    GatedRow {
        try {
            new Gate(gate).pass();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
