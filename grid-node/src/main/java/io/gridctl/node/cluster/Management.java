package io.gridctl.node.cluster;

import com.hazelcast.internal.util.JVMUtil;

/**
 * The JVM's management, with all its beans. To wake it takes a twentieth of what an engine's start costs.
 */
final class Management {
    /** Names the class that makes the server of the beans. */
    private static final String MAKER = "javax.management.builder.initial";

    private static final String NOBODY = "io.gridctl.nobody";

    private Management() {}

    /**
     * Has Hazelcast find out how large a reference is before any map asks. It asks the management, and looks at an
     * object of its own where there is none; so there is none for this moment. Whoever needs it later wakes it as
     * always. To be called while nothing else runs in the process.
     */
    static void letSleep() {
        if (System.getProperty(MAKER) != null) {
            return;
        }
        System.setProperty(MAKER, NOBODY);
        try {
            var unused = JVMUtil.isCompressedOops();
        } finally {
            System.clearProperty(MAKER);
        }
    }
}
