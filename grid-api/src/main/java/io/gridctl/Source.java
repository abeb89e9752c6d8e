package io.gridctl;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link DirectView#scatterFrom} reads: data that is in the grid or on the engines' disks already, and so need not
 * pass through this program.
 *
 * <p>Files are named by an absolute path, or one from this program's working directory: a file, a folder, of which all
 * files directly in it are read, or a pattern as in a shell ({@code *}, {@code ?}, {@code {a,b}}, and {@code **} for any
 * depth). The engines read them, each about the same number of bytes, so the path must lead to them on every engine's
 * host: in a folder that the hosts share, or, {@link Files#onEachHost}, to files of each host's own. Hidden files are left
 * out, and files are read in the order of their paths.
 */
public sealed interface Source {
    /**
     * The lines of text files: an element is a {@code String}, without the line's end, which is a line feed, with or
     * without a carriage return before it.
     *
     * @param files a file, a folder or a pattern
     * @return a source in UTF-8
     */
    static Files lines(String files) {
        return new Files(
                Files.Format.LINES, absolute(files), false, StandardCharsets.UTF_8, ',', false, Optional.empty());
    }

    /**
     * The rows of CSV files (RFC 4180): an element is the {@code List<String>} of a row's fields. The first row of each
     * file names the columns and is no element.
     *
     * @param files a file, a folder or a pattern
     * @return a source in UTF-8 with commas between fields
     */
    static Files csv(String files) {
        return new Files(Files.Format.CSV, absolute(files), false, StandardCharsets.UTF_8, ',', true, Optional.empty());
    }

    /**
     * The rows of CSV files (RFC 4180) as records. The first row of each file names the columns; each component of the
     * record takes the column of its name, and other columns are left out. Components are texts, numbers ({@code
     * BigDecimal} and {@code BigInteger} too), {@code boolean}, {@code char}, enum constants, {@code UUID} and the types of
     * {@code java.time} that have a {@code parse} method; an empty field is null where the component is no primitive, and
     * an empty text where it is a {@code String}. The record's constructor runs on the engines' slots.
     *
     * @param files a file, a folder or a pattern
     * @param type the record
     * @return a source in UTF-8 with commas between fields
     * @throws IllegalArgumentException if the type is no record, or a component is of another type than these
     */
    static Files csv(String files, Class<? extends Record> type) {
        RecordRows.requireReadable(type);
        return new Files(
                Files.Format.CSV, absolute(files), false, StandardCharsets.UTF_8, ',', true, Optional.of(type));
    }

    /**
     * The entries of a map of the grid's Hazelcast cluster: an element is a {@code Map.Entry} with what the map has when
     * its turn comes. Keys and values are of types that every JVM has: engines have no classes of those who filled the map.
     *
     * @param name the map's name
     * @return a source
     */
    static MapEntries map(String name) {
        return new MapEntries(name);
    }

    private static String absolute(String files) {
        if (files.isBlank()) {
            throw new IllegalArgumentException("files: name a file, a folder or a pattern");
        }
        // A pattern need not be a path of this system, so it is not made one.
        return files.startsWith("/") || files.matches("[A-Za-z]:[\\\\/].*")
                ? files
                : Path.of("").toAbsolutePath() + File.separator + files;
    }

    /**
     * Files; made by {@link Source#lines} and {@link Source#csv}.
     *
     * @param format how they are read
     * @param path a file, a folder or a pattern
     * @param ownOfEachHost whether each host has files of its own there
     * @param charset how characters are written
     * @param separator what stands between fields
     * @param header whether the first row of each file names the columns
     * @param type the record that a row becomes; empty if it stays as it is
     */
    record Files(
            Format format,
            String path,
            boolean ownOfEachHost,
            Charset charset,
            char separator,
            boolean header,
            Optional<Class<? extends Record>> type)
            implements Source {
        /** How files are read. */
        public enum Format {
            /** By line. */
            LINES,
            /** By row. */
            CSV
        }

        /** Checks that files can be cut at the ends of lines. */
        public Files {
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(charset, "charset");
            Objects.requireNonNull(type, "type");
            if (charset.newEncoder().maxBytesPerChar() > 4 || "\n".getBytes(charset).length != 1) {
                throw new IllegalArgumentException("charset: files in " + charset
                        + " cannot be read in parts, because a line feed is more than one byte; convert them to UTF-8");
            }
            if (separator == '"' || separator == '\n' || separator == '\r' || separator > 127) {
                throw new IllegalArgumentException("separator: fields cannot be parted by character " + (int) separator
                        + "; use an ASCII character other than a quote and the ends of lines");
            }
        }

        /**
         * The same, where each host has files of its own under the path, which its own engines share out among them.
         * Otherwise all hosts must see the same files; if they do not, nothing is written, and the failure says what two of
         * the engines see.
         *
         * <p>A host is known by its address, {@link EngineInfo#host}. One that has engines and no such file fails the call.
         * The elements of one host are in the order of its files, and those of all in the order of the engines; use this for
         * a folder that hosts share, and each host reads all of it.
         *
         * @return a copy
         */
        public Files onEachHost() {
            return new Files(format, path, true, charset, separator, header, type);
        }

        /**
         * The same in another charset.
         *
         * @param encoding a charset in which a line feed is one byte
         * @return a copy
         * @throws IllegalArgumentException if a line feed is more than one byte, as in UTF-16
         */
        public Files in(Charset encoding) {
            return new Files(format, path, ownOfEachHost, encoding, separator, header, type);
        }

        /**
         * The same with another character between fields.
         *
         * @param character an ASCII character, such as {@code ';'} or a tab
         * @return a copy
         */
        public Files separatedBy(char character) {
            return new Files(format, path, ownOfEachHost, charset, character, header, type);
        }

        /**
         * The same where no row names the columns: the first row is an element too, and the components of a record take
         * columns in their order.
         *
         * @return a copy
         */
        public Files withoutHeader() {
            return new Files(format, path, ownOfEachHost, charset, separator, false, type);
        }
    }

    /**
     * The entries of a map; made by {@link Source#map}.
     *
     * @param name the map's name
     */
    record MapEntries(String name) implements Source {
        private static final List<String> OURS = List.of("grid.", "__");

        /** Checks that it is not one of the grid's own. */
        public MapEntries {
            requireUsers(name);
        }

        /**
         * Checks the name of a map that a user may fill.
         *
         * @param name the map's name
         * @throws IllegalArgumentException if it is blank or that of one of the grid's own maps
         */
        public static void requireUsers(String name) {
            Objects.requireNonNull(name, "map");
            if (name.isBlank()) {
                throw new IllegalArgumentException("map: a map's name cannot be blank");
            }
            if (OURS.stream().anyMatch(name::startsWith)) {
                throw new IllegalArgumentException("map: '" + name + "' is one of the grid's own maps");
            }
        }
    }
}
