package io.gridctl.node.code;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/** URLs whose content is held in memory. */
final class MemoryUrls {
    private MemoryUrls() {}

    /** The URL of a program's resource; several of one name are told apart by {@code number}. */
    static URL of(String program, String name, int number, byte[] bytes) {
        try {
            String path = number == 0 ? "/" + name : "/!" + number + "/" + name;
            return new URL("program", program, -1, path, new Handler(bytes));
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Handler extends URLStreamHandler {
        private final byte[] bytes;

        Handler(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A program is no host: URLs are compared without asking the network. */
        @Override
        protected @Nullable InetAddress getHostAddress(URL url) {
            return null;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public int getContentLength() {
                    return bytes.length;
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
