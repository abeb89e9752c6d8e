package io.gridctl.node.client;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.GridException;

final class GridConnection {
    private GridConnection() {}

    static Grid open(ConnectOptions options) throws InterruptedException {
        throw new GridException("x" + options);
    }
}
