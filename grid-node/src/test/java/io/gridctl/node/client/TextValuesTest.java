package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Engine;
import io.gridctl.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a text that had a value in hand stores it. */
@ExtendWith(SharedGrid.class)
class TextValuesTest {
    private static final int MANY = 300_000;

    private final Engine engine = SharedGrid.grid().engine(0);

    private long version(String name) throws InterruptedException {
        return engine.names().stream()
                .filter(value -> value.name().equals(name))
                .mapToLong(NamedValue::version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anArrayThatATextOnlyReadsIsNotStoredAgain() throws Exception {
        engine.push("only", new double[MANY]);
        long pushed = version("only");

        engine.execute("double sum = 0; for (double each : only) sum += each;");
        engine.execute("only[7] = only[8];");

        assertThat(version("only")).isEqualTo(pushed);
    }

    @Test
    void eachElementThatATextChangesIsSeen() throws Exception {
        long[] pushed = IntStream.range(0, MANY).mapToLong(i -> i).toArray();
        engine.push("counted", pushed);
        long version = version("counted");

        for (int index : new int[] {0, 8191, 8192, MANY - 1}) {
            engine.execute("counted[" + index + "] = -1;");
            pushed[index] = -1;

            assertThat(engine.<long[]>pull("counted")).isEqualTo(pushed);
            assertThat(version("counted")).isEqualTo(++version);
        }
        engine.execute("long kept = counted[1]; counted[1] = counted[2]; counted[2] = kept;");

        assertThat(engine.<long[]>pull("counted")).startsWith(-1, 2, 1, 3);
    }

    @Test
    void anArrayOfAnyKindAndSizeCanBeChangedInPlace() throws Exception {
        engine.push("flags", new boolean[] {true, false, false});
        engine.push("letters", new char[MANY * 3]);
        engine.push("nothing", new int[0]);

        engine.execute("flags[2] = true; letters[MANY - 1] = 'x'; nothing = new int[] {3};".replace("MANY", "" + MANY));

        assertThat(engine.<boolean[]>pull("flags")).containsExactly(true, false, true);
        assertThat(engine.<char[]>pull("letters")).hasSize(MANY * 3);
        assertThat(engine.<char[]>pull("letters")[MANY - 1]).isEqualTo('x');
        assertThat(engine.<int[]>pull("nothing")).containsExactly(3);
    }

    @Test
    void aListThatATextOnlyReadsIsNotStoredAgainAndOneThatItChangesIs() throws Exception {
        engine.push("items", new ArrayList<>(List.of(1, 2, 3)));
        long pushed = version("items");

        engine.execute("int size = items.size();");
        assertThat(version("items")).isEqualTo(pushed);

        engine.execute("items.set(1, 20);");
        assertThat(version("items")).isEqualTo(pushed + 1);
        assertThat(engine.<List<Integer>>pull("items")).containsExactly(1, 20, 3);
    }
}
