package io.gridctl.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which gridctl this is. */
public final class GridVersion {
    private GridVersion() {}

    private static final class Loaded {
        static final String VERSION = load();

        private static String load() {
            Properties properties = new Properties();
            try (InputStream in = GridVersion.class.getResourceAsStream("gridctl.properties")) {
                if (in == null) {
                    throw new IllegalStateException("gridctl.properties is missing from the class path");
                }
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }
    }

    /**
     * The version of the code that runs.
     *
     * @return the version, as in the build
     */
    public static String current() {
        return Loaded.VERSION;
    }
}
