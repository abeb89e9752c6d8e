package io.gridctl.node.engine;

import io.gridctl.node.task.Outcome.News;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What one task has printed and published and not sent yet, limited in size: of what it published, the last value. Safe for several threads. */
final class OutputBuffer {
    /** Per stream and task; what is printed beyond it is counted and dropped. */
    static final int LIMIT_BYTES = 1 << 20;

    private final Stream stdout = new Stream("standard output");
    private final Stream stderr = new Stream("standard error");
    private byte @Nullable [] published;

    private static final class Stream {
        private final String name;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
        private long accepted;
        private long cut;

        Stream(String name) {
            this.name = name;
        }

        void write(byte[] bytes, int offset, int length) {
            int room = (int) Math.min(length, LIMIT_BYTES - accepted);
            held.write(bytes, offset, room);
            accepted += room;
            cut += length - room;
        }

        /** Whole characters only, unless the task has ended: the rest of a character may still come. */
        String take(boolean ended) {
            if (held.size() == 0 && (!ended || cut == 0)) {
                return "";
            }
            byte[] bytes = held.toByteArray();
            int whole = ended && cut == 0 ? bytes.length : wholeCharacters(bytes);
            held.reset();
            held.write(bytes, whole, bytes.length - whole);
            String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
            if (ended && cut > 0) {
                text += "\n[… %,d bytes of %s were cut; %,d bytes of a task are kept]\n"
                        .formatted(cut, name, (long) LIMIT_BYTES);
                cut = 0;
            }
            return text;
        }

        private static int wholeCharacters(byte[] bytes) {
            int end = bytes.length;
            int back = 0;
            while (back < 4 && end - back > 0 && (bytes[end - back - 1] & 0xC0) == 0x80) {
                back++;
            }
            if (end - back == 0) {
                return end;
            }
            int lead = bytes[end - back - 1] & 0xFF;
            int following = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
            return following > back ? end - back - 1 : end;
        }
    }

    synchronized void write(boolean error, byte[] bytes, int offset, int length) {
        (error ? stderr : stdout).write(bytes, offset, length);
    }

    synchronized void publish(byte[] value) {
        published = value;
    }

    synchronized boolean isEmpty() {
        return published == null && stdout.held.size() == 0 && stderr.held.size() == 0;
    }

    /** Takes what there is; at the end of the task also the word on what was cut. */
    synchronized News take(boolean ended) {
        String out = stdout.take(ended);
        String err = stderr.take(ended);
        News news = new News(out, err, published);
        published = null;
        return news.isEmpty() ? News.NOTHING : news;
    }
}
