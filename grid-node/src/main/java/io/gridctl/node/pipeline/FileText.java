package io.gridctl.node.pipeline;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gridctl.RecordRows;
import io.gridctl.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is written in a range of a file: its lines, or its rows. */
final class FileText implements AutoCloseable {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final Source.Files source;
    private final Path file;
    private final RecordCutter blocks;
    private final List<String> columns;

    /**
     * Elements that lie one behind the other.
     *
     * @param elements strings, or lists of strings
     * @param block the same for whoever makes records of rows; null of lines
     * @param bytes how many bytes they are in the file
     */
    record Rows(List<?> elements, RecordRows.@Nullable Block block, int bytes) {}

    private FileText(Source.Files source, Path file, RecordCutter blocks, List<String> columns) {
        this.source = source;
        this.file = file;
        this.blocks = blocks;
        this.columns = columns;
    }

    static FileText open(Source.Files source, FileListing.Range range) throws IOException {
        long start = source.charset().equals(StandardCharsets.UTF_8) && begins(range.file(), MARK) ? MARK.length : 0;
        if (source.format() == Source.Files.Format.LINES) {
            return new FileText(source, range.file(), RecordCutter.lines(range, start), List.of());
        }
        byte separator = (byte) source.separator();
        if (!source.header()) {
            return new FileText(source, range.file(), RecordCutter.rows(range, start, 0, separator), List.of());
        }
        List<String> columns;
        long header;
        long lines;
        FileListing.Range top = new FileListing.Range(range.file(), range.size(), 0, start + 1);
        try (RecordCutter first = RecordCutter.rows(top, start, 0, separator)) {
            RecordCutter.Block block = first.next();
            List<CsvRecord> rows = block == null ? List.of() : parse(source, range.file(), block);
            if (block == null || rows.isEmpty()) {
                throw new IOException(range.file() + ", line 1: there is no row that names the columns");
            }
            columns = List.copyOf(rows.get(0).getFields());
            header = start + block.bytes().length;
            lines = RecordCutter.line(range.file(), header);
        }
        return new FileText(source, range.file(), RecordCutter.rows(range, header, lines, separator), columns);
    }

    private static boolean begins(Path file, byte[] mark) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer first = ByteBuffer.allocate(mark.length);
            channel.read(first, 0);
            return first.flip().equals(ByteBuffer.wrap(mark));
        }
    }

    /** The next elements, null after the last ones. */
    @Nullable
    Rows next() throws IOException {
        RecordCutter.Block block = blocks.next();
        if (block == null) {
            return null;
        }
        if (source.format() == Source.Files.Format.LINES) {
            return new Rows(lines(decode(source.charset(), file, block)), null, block.bytes().length);
        }
        List<CsvRecord> rows = parse(source, file, block);
        List<List<String>> fields = new ArrayList<>(rows.size());
        long[] lines = new long[rows.size()];
        for (CsvRecord row : rows) {
            lines[fields.size()] = block.linesBefore() + row.getStartingLineNumber();
            if (!columns.isEmpty() && row.getFieldCount() != columns.size()) {
                throw new IOException(file + ", line " + lines[fields.size()] + ": " + row.getFieldCount()
                        + " fields, but " + columns.size() + " columns");
            }
            fields.add(List.copyOf(row.getFields()));
        }
        return new Rows(fields, new RecordRows.Block(file.toString(), columns, lines, fields), block.bytes().length);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            end = end < 0 ? text.length() : end;
            lines.add(text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end));
            from = next;
        }
        return lines;
    }

    private static String decode(Charset charset, Path file, RecordCutter.Block block) throws IOException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(block.bytes())).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ", line " + badLine(charset, file, block) + ": not written in " + charset, e);
        }
    }

    private static long badLine(Charset charset, Path file, RecordCutter.Block block) throws IOException {
        long line = RecordCutter.line(file, block.offset()) + 1;
        byte[] bytes = block.bytes();
        for (int from = 0; from < bytes.length; line++) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            try {
                charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from));
            } catch (CharacterCodingException here) {
                return line;
            }
            from = end + 1;
        }
        return line;
    }

    private static List<CsvRecord> parse(Source.Files source, Path file, RecordCutter.Block block) throws IOException {
        String text = decode(source.charset(), file, block);
        List<CsvRecord> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(source.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            reader.forEach(rows::add);
            return rows;
        } catch (CsvParseException | UncheckedIOException e) {
            throw new IOException(
                    file + ", line " + (RecordCutter.line(file, block.offset()) + line(e)) + ": not a row of RFC 4180: "
                            + e.getMessage(),
                    e);
        }
    }

    /** In which line of the block it went wrong. */
    private static long line(Exception trouble) {
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            Matcher line = LINE.matcher(String.valueOf(each.getMessage()));
            if (line.find()) {
                return Long.parseLong(line.group(1));
            }
        }
        return 1;
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
