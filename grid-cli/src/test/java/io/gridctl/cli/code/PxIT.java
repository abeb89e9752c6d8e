package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.Gridctl;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Text for engines in processes of their own. */
@ExtendWith(SharedEngines.class)
@Timeout(180)
class PxIT {
    @Test
    void outputAndValuesAreTaggedWithTheEngine(Engines engines) throws Exception {
        Gridctl gridctl = engines.gridctl();

        Result printed = gridctl.run("px", "System.out.println(\"ciao\");");
        Result value = gridctl.run("px", "--targets", "1", "--group", "engine", "int px = 3; px * 14");
        Result order = gridctl.run("px", "--targets", "::2", "--group", "order", "System.out.print(\"a\\nb\"); 1");

        assertThat(printed.err()).isEmpty();
        assertThat(printed.out()).isEqualTo("[stdout:0] ciao\n[stdout:1] ciao\n");
        assertThat(value.out()).matches("Out\\[1:\\d+]: 42\n");
        assertThat(order.out()).matches("\\[stdout:0] a\n\\[stdout:0] b\nOut\\[0:\\d+]: 1\n");
        assertThat(List.of(printed.exitCode(), value.exitCode(), order.exitCode()))
                .containsOnly(0);
    }

    @Test
    void whatFailsIsToldOnceAndTheExitCodeIsOne(Engines engines) throws Exception {
        Gridctl gridctl = engines.gridctl();

        Result invalid = gridctl.run("px", "int bad = nobody;");
        Result thrown = gridctl.run("px", "System.out.println(\"before\"); Integer.parseInt(\"x\")");

        assertThat(invalid.exitCode()).isEqualTo(1);
        assertThat(invalid.err())
                .contains("engines 0, 1: text:1:11: cannot find symbol")
                .contains("int bad = nobody;");
        assertThat(thrown.exitCode()).isEqualTo(1);
        assertThat(thrown.out()).isEqualTo("[stdout:0] before\n[stdout:1] before\n");
        assertThat(thrown.err()).contains("engines 0, 1: java.lang.NumberFormatException");
    }

    @Test
    void whatIsBegunWithoutWaitingGoesOnAndIsReadLater(@TempDir Path folder, Engines engines) throws Exception {
        Gridctl gridctl = engines.gridctl();
        Path gate = folder.resolve("gate");
        String code = "while (!new File(\"" + gate
                + "\").exists()) Thread.onSpinWait(); System.out.println(\"ciao é\"); 6 * 7";

        Result begun = gridctl.run("px", "--no-block", code);

        assertThat(begun.exitCode()).as(begun.err()).isZero();
        assertThat(begun.out()).matches("\\d+\n");
        assertThat(Files.exists(gate)).isFalse(); // so it has returned before the work was done
        Files.createFile(gate);
        String id = begun.out().strip();
        for (int i = 0; i < 2; i++) {
            Result result = gridctl.run("px", "--result", id);
            assertThat(result.out()).matches("\\[stdout:0] ciao é\n\\[stdout:1] ciao é\n(Out\\[[01]:\\d+]: 42\n){2}");
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void failuresOfWhatWasBegunAreToldWithTheResult(Engines engines) throws Exception {
        Gridctl gridctl = engines.gridctl();

        Result begun = gridctl.run("px", "--no-block", "--targets", "1", "Integer.parseInt(\"x\")");
        Result result = gridctl.run("px", "--result", begun.out().strip());
        Result refused = gridctl.run("px", "--no-block", "--targets", "7", "1");
        Result unknown = gridctl.run("px", "--result", "999999");

        assertThat(begun.exitCode()).as(begun.err()).isZero();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("java.lang.NumberFormatException");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("7");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("keeps no call 999999; there are " + begun.out().strip());
    }

    @Test
    void whatWasBegunCanBeCancelled(Engines engines) throws Exception {
        Gridctl gridctl = engines.gridctl();
        Result begun = gridctl.run("px", "--no-block", "while (true);");

        Result cancel = gridctl.run("px", "--cancel", begun.out().strip());
        Result result = gridctl.run("px", "--result", begun.out().strip());
        Result after = gridctl.run("px", "1");

        assertThat(cancel.exitCode()).as(cancel.err()).isZero();
        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(after.exitCode()).as(after.err()).isZero();
    }

    private static final String MAIN = """
            package shipped;
            import io.gridctl.*;
            public class Main {
                public static class Cat {
                    private int lives = 9;
                    public Cat lose() {
                        lives--;
                        return this;
                    }
                    public int lives() {
                        return lives;
                    }
                }
                public static Object lives(Grid grid) throws Exception {
                    Engine engine = grid.engine(0);
                    engine.push("tom", new Cat());
                    engine.execute("import shipped.Main.Cat; tom.lose(); Cat kitty = new Cat().lose().lose();");
                    return engine.<Cat>pull("tom").lives() + " " + engine.<Cat>pull("kitty").lives() + " "
                            + engine.apply(ns -> ns.<Cat>get("kitty").lose().lives());
                }
            }
            """;

    @Test
    void textUsesClassesThatAProgramHasBrought(@TempDir Path folder, Engines engines) throws Exception {
        try (UserProgram program = UserProgram.compile(folder, MAIN);
                Grid grid = engines.connect()) {
            assertThat(program.call("shipped.Main", "lives", grid)).isEqualTo("8 7 6");
        }
    }
}
