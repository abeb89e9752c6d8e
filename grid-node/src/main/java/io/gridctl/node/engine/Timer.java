package io.gridctl.node.engine;

/** Does something after a while, unless the engine has ended by then. */
interface Timer {
    void later(Runnable what, long millis);
}
