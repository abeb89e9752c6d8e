package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Engine;
import io.gridctl.Grid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What texts have declared when an engine is replaced. */
class TextAfterLossTest {
    @Test
    void aReplacedEngineKnowsWhatTextsDeclared() throws Exception {
        try (TestGrid test = new TestGrid(2);
                Grid grid = test.connect()) {
            grid.awaitEngines(2, Duration.ofSeconds(30));
            Engine engine = grid.engine(0);
            engine.execute("import java.time.Duration;");
            engine.execute("record Coin(int cents) {} int worth(List<Coin> coins) {\n"
                    + "    return coins.stream().mapToInt(Coin::cents).sum() / rate; }");
            engine.execute("int rate = 1; List<Coin> purse = new ArrayList<>(List.of(new Coin(5), new Coin(10)));");
            engine.execute("Duration left = Duration.ofMinutes(3);");

            engine.push(Map.of("mixed", List.of(1, "one"), "retold", List.of(1, "one"), "other", 1));
            engine.execute("mixed.size() + retold.size() + other");
            engine.execute("Object told = 1; Object retold = 2;");
            engine.remove("other");
            engine.execute("Object other = 3;");

            test.kill(0);
            await().atMost(Duration.ofSeconds(30)).until(() -> !grid.ids().contains(0));
            test.startEngine(0);
            grid.awaitEngines(2, Duration.ofSeconds(30));

            assertThat(engine.<Integer>evaluate("purse.add(new Coin(20)); worth(purse)"))
                    .isEqualTo(35);
            assertThat(engine.execute("purse").typeName()).isEqualTo("List<Coin>");
            assertThat(engine.<Duration>evaluate("left.plus(Duration.ofMinutes(1))"))
                    .isEqualTo(Duration.ofMinutes(4));
            assertThat(engine.<List<?>>apply(
                            ns -> List.of(ns.<List<?>>get("purse").size())))
                    .isEqualTo(List.of(3));

            engine.push(Map.of("mixed", List.of("one"), "told", "four", "retold", "four", "other", "four"));
            assertThat(engine.<Integer>evaluate("mixed.get(0).length()")).isEqualTo(3);
            assertThat(engine.execute("told").typeName()).isEqualTo("Object");
            assertThat(engine.execute("retold").typeName()).isEqualTo("Object");
            assertThat(engine.execute("other").typeName()).isEqualTo("Object");
        }
    }
}
