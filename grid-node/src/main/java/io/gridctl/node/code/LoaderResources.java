package io.gridctl.node.code;

import io.gridctl.NotShippableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the resources that a loader sees, except those of the JDK, which engines have themselves. */
final class LoaderResources {
    static final int LIMIT = 64 << 20;

    private LoaderResources() {}

    static List<byte[]> read(ClassLoader loader, String name) {
        List<byte[]> contents = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(name))) {
                if (!url.getProtocol().equals("jrt")) {
                    contents.add(read(url));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the resource " + name, e);
        }
        return contents;
    }

    private static byte[] read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        // A cached jar file would stay open for good.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new NotShippableException("the resource " + url + " is larger than " + (LIMIT >> 20)
                        + " MB; push its content under a name instead");
            }
            return bytes;
        }
    }
}
