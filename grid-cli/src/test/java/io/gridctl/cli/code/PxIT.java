package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.Gridctl;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.cli.code.SharedEngines.Engines;
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
