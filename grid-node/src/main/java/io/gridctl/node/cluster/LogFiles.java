package io.gridctl.node.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The logs of a grid's processes, everything in them that a process or its JVM writes; limited in size. */
final class LogFiles {
    private static final long LIMIT_BYTES = 5L << 20;
    private static final int TAIL_BYTES = 16 << 10;

    private LogFiles() {}

    /**
     * Begins each large log again and keeps the old text beside it, once. The processes append, so they go on at the
     * new end.
     */
    static void limit(Path folder) throws IOException {
        List<Path> large;
        try (Stream<Path> logs = Files.list(folder)) {
            large = logs.filter(log -> log.toString().endsWith(".log"))
                    .filter(log -> log.toFile().length() > LIMIT_BYTES)
                    .toList();
        }
        for (Path log : large) {
            Path old = log.resolveSibling(log.getFileName() + ".1");
            Files.copy(log, old, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** The last lines of a log, as many as there are up to a limit. */
    static List<String> tail(Path log, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("(the log " + log + " cannot be read)");
        }
    }
}
