package io.gridctl.node.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files under a path, and which bytes of them each of several readers has: about as many for each, in the order of the
 * readers.
 *
 * @param files in the order of their paths
 */
record FileListing(List<Sized> files) {
    /** A file. */
    record Sized(Path file, long size) {}

    /** Of a file, the bytes from one to another. A record belongs to where its first byte lies. */
    record Range(Path file, long size, long from, long to) {}

    static FileListing of(String path) throws IOException {
        List<Path> found = new ArrayList<>();
        if (exists(path)) {
            Path single = Path.of(path);
            if (Files.isDirectory(single)) {
                try (Stream<Path> files = Files.list(single)) {
                    files.filter(FileListing::isFile).forEach(found::add);
                }
            } else {
                found.add(single);
            }
        } else {
            found.addAll(matching(path));
        }
        if (found.isEmpty()) {
            throw new IOException("no file matches " + path);
        }
        found.sort(null);
        List<Sized> sized = new ArrayList<>(found.size());
        for (Path file : found) {
            sized.add(new Sized(file, Files.size(file)));
        }
        return new FileListing(sized);
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException pattern) {
            return false;
        }
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    private static List<Path> matching(String pattern) throws IOException {
        int wild = 0;
        while (wild < pattern.length() && "*?[{".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        if (wild == pattern.length()) {
            return List.of();
        }
        Path folder = Path.of(pattern.substring(0, pattern.lastIndexOf('/', wild) + 1));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : (int) pattern.substring(wild).chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(FileListing::isFile).filter(matcher::matches).toList();
        }
    }

    long bytes() {
        return files.stream().mapToLong(Sized::size).sum();
    }

    /** What tells this listing from another. */
    String summary() {
        CRC32C sum = new CRC32C();
        files.forEach(file -> sum.update((file.file() + "\n" + file.size() + "\n").getBytes(StandardCharsets.UTF_8)));
        return files.size() + (files.size() == 1 ? " file" : " files") + " with " + bytes() + " bytes (checksum "
                + Long.toHexString(sum.getValue()) + ")";
    }

    List<Range> share(int index, int count) {
        long all = bytes();
        long from = portion(all, index, count);
        long to = portion(all, index + 1, count);
        List<Range> ranges = new ArrayList<>();
        long before = 0;
        for (Sized file : files) {
            long begin = Math.max(0, from - before);
            long end = Math.min(file.size(), to - before);
            if (begin < end) {
                ranges.add(new Range(file.file(), file.size(), begin, end));
            }
            before += file.size();
        }
        return ranges;
    }

    private static long portion(long all, int index, int count) {
        return all / count * index + all % count * index / count;
    }
}
