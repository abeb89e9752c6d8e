package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.TaskFailedException;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One class from one call to the next, several versions of a class beside each other, and static state. */
@ExtendWith(SharedEngines.class)
class VersionsIT {
    private static final String STATE = """
            package versions;
            import io.gridctl.*;
            import java.util.*;
            public class State {
                static final List<Point> kept = new ArrayList<>();
                static int count;
                record Point(int x, int y) { int sum() { return x + y; } }
                public static Object putByOneReadByAnother(Grid grid) throws Exception {
                    grid.engine(0).run(ns -> { Point p = new Point(1, 2); ns.put("versions.p", p); kept.add(p); });
                    return grid.engine(0).apply(ns -> {
                        Point read = ns.get("versions.p");
                        return read.sum() + " " + (read.getClass() == Point.class) + " " + (kept.get(kept.size() - 1).getClass() == read.getClass());
                    });
                }
                public static Object pushedAndRead(Grid grid) throws Exception {
                    grid.engine(0).push("versions.q", List.of(new Point(3, 4)));
                    return grid.engine(0).apply(ns -> ns.<List<Point>>get("versions.q").get(0).sum());
                }
                public static Object countUp(Grid grid) throws Exception {
                    return grid.engines().apply(() -> ++count);
                }
                public static Object countUpOnOne(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> ++count);
                }
            }
            """;

    private static String job(String body) {
        return """
                package versions;
                import io.gridctl.*;
                public class Job {
                    record Reading(int value, String unit) { String text() { return %s; } }
                    static int runs;
                    public static Object run(Grid grid) throws Exception {
                        return grid.engine(0).apply(() -> new Reading(5, "m").text() + ++runs);
                    }
                    public static Object push(Grid grid) throws Exception {
                        grid.engine(0).push("versions.reading", new Reading(5, "m"));
                        return null;
                    }
                    public static Object pull(Grid grid) throws Exception {
                        return grid.engine(0).<Reading>pull("versions.reading").text();
                    }
                    public static Object read(Grid grid) throws Exception {
                        return grid.engine(0).apply(ns -> ns.<Reading>get("versions.reading").text());
                    }
                }
                """.formatted(body);
    }

    @TempDir
    Path folder;

    @Test
    void aValueOfOneCallIsOfTheSameClassInTheNext(Engines engines) throws Exception {
        try (UserProgram program = UserProgram.compile(folder, STATE);
                Grid grid = engines.connect()) {
            assertThat(program.call("versions.State", "putByOneReadByAnother", grid))
                    .isEqualTo("3 true true");
            assertThat(program.call("versions.State", "pushedAndRead", grid)).isEqualTo(7);
        }
    }

    @Test
    void staticStateBelongsToAProgramAndAnEngine(Engines engines) throws Exception {
        try (UserProgram program = UserProgram.compile(folder, STATE);
                Grid one = engines.connect();
                Grid two = engines.connect()) {
            assertThat(program.call("versions.State", "countUp", one)).hasToString("[1, 1]");
            assertThat(program.call("versions.State", "countUpOnOne", one)).isEqualTo(2);
            assertThat(program.call("versions.State", "countUp", one)).hasToString("[3, 2]");
            assertThat(program.call("versions.State", "countUp", two)).hasToString("[1, 1]");
        }
    }

    @Test
    void anEditedLineRunsAndTheOldProgramGoesOn(Engines engines) throws Exception {
        try (UserProgram before = UserProgram.compile(folder.resolve("1"), job("value + unit"));
                UserProgram after = UserProgram.compile(folder.resolve("2"), job("unit + value"));
                Grid grid = engines.connect();
                Grid other = engines.connect()) {
            assertThat(before.call("versions.Job", "run", grid)).isEqualTo("5m1");
            assertThat(before.call("versions.Job", "run", other)).isEqualTo("5m1");

            assertThat(after.call("versions.Job", "run", grid)).isEqualTo("m51");

            assertThat(before.call("versions.Job", "run", other)).isEqualTo("5m2");
            assertThat(before.call("versions.Job", "run", grid)).isEqualTo("5m2");
            assertThat(after.call("versions.Job", "run", grid)).isEqualTo("m52");
        }
    }

    @Test
    void aValueOfTheOldProgramIsReadByTheNewOne(Engines engines) throws Exception {
        try (UserProgram before = UserProgram.compile(folder.resolve("1"), job("value + unit"));
                UserProgram after = UserProgram.compile(folder.resolve("2"), job("unit + value"));
                Grid old = engines.connect()) {
            before.call("versions.Job", "push", old);
            assertThat(before.call("versions.Job", "read", old)).isEqualTo("5m");

            assertThat(after.call("versions.Job", "read", old)).isEqualTo("m5");
            try (Grid rerun = engines.connect()) {
                assertThat(after.call("versions.Job", "read", rerun)).isEqualTo("m5");
            }
        }
    }

    @Test
    void aValueWhoseFieldsHaveChangedSinceNamesBothVersions(Engines engines) throws Exception {
        try (UserProgram before = UserProgram.compile(folder.resolve("1"), job("value + unit"));
                UserProgram after = UserProgram.compile(
                        folder.resolve("2"), job("value + unit").replace("int value", "long value"));
                Grid old = engines.connect();
                Grid rerun = engines.connect()) {
            before.call("versions.Job", "push", old);

            assertThatThrownBy(() -> after.call("versions.Job", "read", rerun))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageFindingMatch(
                            "The value of 'versions\\.reading' was written with another version of the class"
                                    + " versions\\.Job\\$Reading: written by program [0-9a-f]{8} with [0-9a-f]{8}"
                                    + " \\(int value, java\\.lang\\.String unit\\), read by program [0-9a-f]{8} with [0-9a-f]{8}"
                                    + " \\(long value, java\\.lang\\.String unit\\)\\. Push the value again");
            assertThatThrownBy(() -> after.call("versions.Job", "pull", rerun))
                    .isInstanceOf(GridException.class)
                    .hasMessageMatching(
                            "The value of 'versions\\.reading' on engine 0 was written with another version of"
                                    + " the class versions\\.Job\\$Reading: written by program [0-9a-f]{8} with [0-9a-f]{8}"
                                    + " \\(int value, java\\.lang\\.String unit\\), read here with [0-9a-f]{8}"
                                    + " \\(long value, java\\.lang\\.String unit\\)\\. Push the value again from the newer program\\.");
            assertThat(before.call("versions.Job", "read", old)).isEqualTo("5m");
            assertThat(before.call("versions.Job", "pull", old)).isEqualTo("5m");
        }
    }

    @Test
    void twoClientsHaveDifferentClassesOfOneNameAtTheSameTime(Engines engines) throws Exception {
        try (UserProgram mine = UserProgram.compile(folder.resolve("1"), job("\"mine\""));
                UserProgram yours = UserProgram.compile(folder.resolve("2"), job("\"yours\""));
                Grid one = engines.connect();
                Grid two = engines.connect()) {
            for (int round = 1; round <= 3; round++) {
                assertThat(mine.call("versions.Job", "run", one)).isEqualTo("mine" + round);
                assertThat(yours.call("versions.Job", "run", two)).isEqualTo("yours" + round);
            }
        }
    }

    @Test
    void anotherClientReadsAValueWithItsOwnCopyOfTheClass(Engines engines) throws IOException, Exception {
        try (UserProgram one = UserProgram.compile(folder.resolve("1"), job("value + unit"));
                UserProgram two = UserProgram.compile(folder.resolve("2"), job("value + unit"))) {
            try (Grid leaves = engines.connect()) {
                one.call("versions.Job", "push", leaves);
            }
            try (Grid comes = engines.connect()) {
                assertThat(two.call("versions.Job", "read", comes)).isEqualTo("5m");
            }
        }
    }
}
