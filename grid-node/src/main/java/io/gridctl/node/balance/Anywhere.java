package io.gridctl.node.balance;

import io.gridctl.EngineLoad;

/** Any engine will do. */
enum Anywhere implements Placement {
    INSTANCE;

    @Override
    public boolean allows(EngineLoad engine) {
        return true;
    }
}
