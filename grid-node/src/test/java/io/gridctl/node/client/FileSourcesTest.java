package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.DirectView;
import io.gridctl.ScatterException;
import io.gridctl.Source;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGrid.class)
class FileSourcesTest {
    @TempDir
    private Path folder;

    private final DirectView all = SharedGrid.grid().engines();

    record Trade(
            LocalDate day,
            String what,
            int count,
            BigDecimal price,
            @Nullable Long note) {}

    enum Side {
        BUY,
        SELL
    }

    record Order(Side side, char mark, boolean open, double price) {
        Order {
            if (price < 0) {
                throw new IllegalStateException("a price below nothing");
            }
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void linesOfManyFilesComeBackInTheOrderOfTheFiles() throws Exception {
        file("b.txt", "three\r\nfour\n\nsix");
        file("a.txt", "one\ntwo\n");
        file(".hidden", "no\n");

        List<Long> counts = all.scatterFrom("lines", Source.lines(folder.toString()));

        assertThat(counts).hasSize(SharedGrid.ENGINES);
        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(6);
        assertThat(all.<List<String>>gather("lines")).containsExactly("one", "two", "three", "four", "", "six");
    }

    @Test
    void eachEngineHasAboutTheSameShareOfALargeFileAndWorksOnIt() throws Exception {
        List<String> lines = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 60_000; i++) {
            lines.add(i + " " + "x".repeat(random.nextInt(120)));
        }
        Files.write(folder.resolve("large.txt"), lines);

        List<Long> counts =
                all.scatterFrom("large", Source.lines(folder.resolve("*.txt").toString()));

        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(19_000L, 21_000L));
        assertThat(all.apply(names -> (long) names.<List<String>>get("large").size()))
                .isEqualTo(counts);
        assertThat(all.<List<String>>gather("large")).isEqualTo(lines);
    }

    @Test
    void aPatternReachesIntoFolders() throws Exception {
        Files.createDirectories(folder.resolve("2024/01"));
        file("2024/01/a.log", "deep\n");
        file("2024/b.log", "shallow\n");
        file("2024/c.txt", "other\n");

        all.scatterFrom("any depth", Source.lines(folder + "/**.log"));
        all.scatterFrom("one depth", Source.lines(folder + "/*/*.{log,txt}"));

        assertThat(all.<List<String>>gather("any depth")).containsExactly("deep", "shallow");
        assertThat(all.<List<String>>gather("one depth")).containsExactly("shallow", "other");
    }

    @Test
    void rowsBecomeRecordsByTheNamesOfColumns() throws Exception {
        file("t.csv", "price,day,unused,what,count,note\n1.50,2024-02-29,x,\"a, \"\"b\"\"\",3,\n2,2024-03-01,,c,4,9\n");

        all.scatterFrom("trades", Source.csv(folder.resolve("t.csv").toString(), Trade.class));

        assertThat(all.<List<Trade>>gather("trades"))
                .containsExactly(
                        new Trade(LocalDate.of(2024, 2, 29), "a, \"b\"", 3, new BigDecimal("1.50"), null),
                        new Trade(LocalDate.of(2024, 3, 1), "c", 4, new BigDecimal("2"), 9L));
    }

    @Test
    void withoutAHeaderComponentsTakeColumnsInTheirOrder() throws Exception {
        file("o.csv", "BUY;!;true;1e3\nSELL;?;FALSE;0.5\n");

        all.scatterFrom(
                "orders",
                Source.csv(folder.toString(), Order.class).withoutHeader().separatedBy(';'));

        assertThat(all.<List<Order>>gather("orders"))
                .containsExactly(new Order(Side.BUY, '!', true, 1000), new Order(Side.SELL, '?', false, 0.5));
    }

    @Test
    void rowsStayListsOfTextsUnlessARecordIsAskedFor() throws Exception {
        file("r.csv", "a,b\n1,\"two\nlines\"\n");

        all.scatterFrom("rows", Source.csv(folder.toString()));
        all.scatterFrom("all rows", Source.csv(folder.toString()).withoutHeader());

        assertThat(all.<List<List<String>>>gather("rows")).containsExactly(List.of("1", "two\nlines"));
        assertThat(all.<List<List<String>>>gather("all rows"))
                .containsExactly(List.of("a", "b"), List.of("1", "two\nlines"));
    }

    /** Wherever the file is cut, quoted fields with line ends and quotes in them stay whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLargeFileIsCutBetweenRowsOnly(long seed) throws Exception {
        Random random = new Random(seed);
        String filler = "plain ".repeat(20);
        String[] fields = {filler, "", "\"quo,ted\"", "\"two\nlines\"", "\"\"\"\"", "\"a\n\"\"\n,\"", "in\"side"};
        String[] values = {filler, "", "quo,ted", "two\nlines", "\"", "a\n\"\n,", "in\"side"};
        List<List<String>> rows = new ArrayList<>();
        try (Writer out = Files.newBufferedWriter(folder.resolve("cut.csv"))) {
            out.write("number,first,second\n");
            for (int i = 0; i < 90_000; i++) {
                int first = random.nextInt(fields.length);
                int second = random.nextInt(fields.length);
                out.write(i + "," + fields[first] + "," + fields[second] + "\n");
                rows.add(List.of(String.valueOf(i), values[first], values[second]));
            }
        }

        List<Long> counts = all.scatterFrom("cut", Source.csv(folder.toString()));

        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(28_000L, 32_000L));
        assertThat(all.<List<List<String>>>gather("cut")).isEqualTo(rows);
    }

    @Test
    void aFieldThatCannotBeReadIsToldWithFileLineAndEngineAndNothingIsWritten() throws Exception {
        all.push("trades", "before");
        String good = "2024-01-01,x,1,1,\n";
        file("t.csv", "day,what,count,price,note\n" + good.repeat(99_998) + "2024-01-01,y,many,1,\n" + good);

        assertThatThrownBy(() -> all.scatterFrom("trades", Source.csv(folder.toString(), Trade.class)))
                .isInstanceOf(ScatterException.class)
                .hasMessageContaining("no engine has its part")
                .hasMessageContaining("engine 2: ")
                .hasMessageContaining("t.csv, line 100000: count is 'many', which is no int");
        assertThat(all.<String>pull("trades")).containsOnly("before");
    }

    @Test
    void whatARecordRefusesIsToldWithItsLine() throws Exception {
        file("o.csv", "side,mark,open,price\nBUY,!,true,1\n\"SELL\",?,true,-1\n");

        assertThatThrownBy(() -> all.scatterFrom("orders", Source.csv(folder.toString(), Order.class)))
                .hasMessageContaining("o.csv, line 3: Order refuses it")
                .hasMessageContaining("a price below nothing");
    }

    @Test
    void whatIsWrongWithAFileIsASentence() throws Exception {
        file("missing.csv", "side,mark,open\nBUY,!,true\n");
        file("long.csv", "a,b\n1,2\n3,4,5\n");
        file("open.csv", "a,b\n1,\"2\n");
        Files.write(folder.resolve("latin.txt"), "rot\nblau\ngr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> all.scatterFrom("x", Source.csv(folder + "/missing.csv", Order.class)))
                .hasMessageContaining("missing.csv, line 1: there is no column 'price' for Order");
        assertThatThrownBy(() -> all.scatterFrom("x", Source.csv(folder + "/long.csv")))
                .hasMessageContaining("long.csv, line 3: 3 fields, but 2 columns");
        assertThatThrownBy(() -> all.scatterFrom("x", Source.csv(folder + "/open.csv")))
                .hasMessageContaining("open.csv, line 2: not a row of RFC 4180");
        assertThatThrownBy(() -> all.scatterFrom("x", Source.lines(folder + "/latin.txt")))
                .hasMessageContaining("latin.txt, line 3: not written in UTF-8");
        assertThatThrownBy(() -> all.scatterFrom("x", Source.lines(folder + "/none-*.txt")))
                .hasMessageContaining("no file matches " + folder + "/none-*.txt");
        assertThat(all.names().values()).allSatisfy(names -> assertThat(names).isEmpty());

        all.scatterFrom("x", Source.lines(folder + "/latin.txt").in(StandardCharsets.ISO_8859_1));
        assertThat(all.<List<String>>gather("x")).containsExactly("rot", "blau", "gr\u00fcn");
    }

    record Unreadable(Thread thread) {}

    @Test
    void whatCannotBeReadAtAllIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> Source.csv("x.csv", Unreadable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the component 'thread'")
                .hasMessageContaining("java.lang.Thread");
        assertThatThrownBy(() -> Source.lines("x.txt").in(StandardCharsets.UTF_16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("convert them to UTF-8");
        assertThatThrownBy(() -> Source.csv("x.csv").separatedBy('"')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> all.scatterFrom(" ", Source.lines("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void enginesThatGetNothingHaveAnEmptyList() throws Exception {
        file("one.txt", "only");

        all.scatterFrom("few", Source.lines(folder.toString()));

        assertThat(all.<List<String>>pull("few")).containsExactlyInAnyOrder(List.of("only"), List.of(), List.of());
    }

    @Test
    void emptyFilesAndByteOrderMarksAreNoElements() throws Exception {
        file("a.txt", "");
        file("b.txt", "\ufeffmarked\n");
        file("c.csv", "\ufeffa,b\n1,2\n");

        all.scatterFrom("lines", Source.lines(folder + "/*.txt"));
        all.scatterFrom("rows", Source.csv(folder + "/*.csv"));

        assertThat(all.<List<String>>gather("lines")).containsExactly("marked");
        assertThat(all.<List<List<String>>>gather("rows")).containsExactly(List.of("1", "2"));
    }
}
