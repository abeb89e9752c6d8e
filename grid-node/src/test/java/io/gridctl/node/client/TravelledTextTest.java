package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.Reference;
import io.gridctl.TextException;
import io.gridctl.UnknownClassException;
import io.gridctl.node.code.UserCode;
import io.gridctl.node.sweep.ShippingGrid;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and a program's classes where these have to travel, as they do to engines in processes of their own. */
class TravelledTextTest {
    private static ShippingGrid engines;
    private static Grid grid;

    private final DirectView all = grid.engines();
    private final Engine first = grid.engine(0);

    @BeforeAll
    static void start() throws Exception {
        engines = new ShippingGrid(2, 1);
        grid = engines.connect();
    }

    @AfterAll
    static void stop() {
        grid.close();
        engines.close();
    }

    @Test
    void aClassThatArrivedWithTheProgramIsImported() throws Exception {
        all.push("rex", new Dog("Rex"));
        all.execute("import io.gridctl.node.client.Dog; Dog ben = new Dog(\"Ben\");");

        assertThat(all.<String>evaluate("rex.bark() + ben.bark()")).containsOnly("Rex: woofBen: woof");
        assertThat(all.<Dog>pull("ben")).extracting(Dog::bark).containsOnly("Ben: woof");
    }

    @Test
    void aProgramOfASingleFileWithoutAPackageIsNamedAsItIsThere(@TempDir Path folder) throws Exception {
        ClassLoader program = UserCode.compile(folder, """
                public class Stable {
                    public record Horse(String name, Stable home) {
                        public Horse foal() { return new Horse(name + " jr.", home); }
                    }
                    public static Object rex() { return new Horse("Rex", new Stable()); }
                }
                """);
        all.push("horse", UserCode.call(program, "Stable", "rex"));
        all.execute("Stable.Horse foal = horse.foal(); var both = List.of(horse, foal);"
                + " String call(Stable.Horse one) { return one.name() + \"!\"; }");

        assertThat(all.<String>evaluate("both.get(1).name() + call(foal)")).containsOnly("Rex jr.Rex jr.!");
        assertThat(all.<Object>apply(Reference.to("call"), Reference.to("foal")))
                .containsOnly("Rex jr.!");
        assertThat(first.execute("foal").typeName()).isEqualTo("Stable.Horse");
        assertThat(catchThrowableOfType(TextException.class, () -> first.execute("int legs = foal;")))
                .hasMessageContaining("incompatible types: Stable.Horse cannot be converted to int");
    }

    @Test
    void aFunctionOverClassesWithoutAPackageIsStoredAndReadAgain(@TempDir Path folder) throws Exception {
        ClassLoader program = UserCode.compile(folder, """
                public record Bird(String name) {
                    public static Object tweety() { return new Bird("Tweety"); }
                }
                """);
        all.push("bird", UserCode.call(program, "Bird", "tweety"));
        all.execute("RemoteFunction<Bird, String> says = b -> b.name() + bird.name();"
                + " RemoteFunction<Bird, String> name = Bird::name;");
        all.push("copies", Reference.to("List.of(says, name)"));

        assertThat(all.<String>evaluate("((RemoteFunction<Bird, String>) copies.get(0)).apply(bird)"
                        + " + ((RemoteFunction<Bird, String>) copies.get(1)).apply(bird)"))
                .containsOnly("TweetyTweetyTweety");
    }

    @Test
    void aClassWithoutAPackageIsNotTakenForAnotherOfItsName(@TempDir Path folder) throws Exception {
        ClassLoader program = UserCode.compile(folder, """
                public class Groom {
                    public int pay() { return 8; }
                    public static Object groom() { return new Groom(); }
                }
                """, """
                public class Scanner {
                    public static Object scanner() { return new Scanner(); }
                }
                """);
        all.execute("record Groom(int age) {}");
        all.push("groom", UserCode.call(program, "Groom", "groom"));
        all.push("scanner", UserCode.call(program, "Scanner", "scanner"));

        assertThat(all.<Integer>evaluate("groom.pay() + new Groom(20).age()")).containsOnly(28);
        assertThat(all.<Integer>evaluate("new Scanner(\"7\").nextInt() + (scanner == null ? 1 : 0)"))
                .containsOnly(7);
    }

    @Test
    void aFunctionOfATextTakesAndGivesObjectsOfTheProgram() throws Exception {
        all.push("model", new Dog("Model"));
        all.execute("import io.gridctl.node.client.Dog; Dog puppy(Dog of) { return new Dog(of.bark() + \"!\"); }"
                + " RemoteFunction<Dog, String> says = Dog::bark;");

        assertThat(all.<Dog>apply(Reference.to("puppy"), new Dog("Ann")))
                .extracting(Dog::bark)
                .containsOnly("Ann: woof!: woof");
        assertThat(grid.loadBalanced().<String>map(Reference.to("says"), List.of(new Dog("A"), new Dog("B"))))
                .containsExactly("A: woof", "B: woof");
    }

    @Test
    void aFunctionOfTheProgramTakesWhatATextHasMade() throws Exception {
        all.push("seed", new Dog("Seed"));
        all.execute("import io.gridctl.node.client.Dog; Dog[] pack = {new Dog(\"Cid\"), seed};");

        assertThat(all.apply((Dog[] dogs) -> dogs[0].bark() + dogs.length, Reference.to("pack")))
                .containsOnly("Cid: woof2");
        assertThat(all.apply((Dog dog) -> dog.bark(), Reference.to("pack[1]"))).containsOnly("Seed: woof");
    }

    @Test
    void anArrayOfATextsClassIsFetchedAsAnExactSentence() throws Exception {
        all.execute("record Tile(int size) {} Tile[][] tiles = {{new Tile(3)}};");

        UnknownClassException pulled =
                catchThrowableOfType(UnknownClassException.class, () -> first.<Object>pull("tiles"));

        assertThat(pulled.className()).isEqualTo("Tile");
        assertThat(pulled)
                .hasMessageContaining("the value of 'tiles' on engine 0 is made of the class Tile, which a text")
                .hasMessageEndingWith("The value: [[Tile(size=3)]]");
    }

    @Test
    void aLambdaOfATextIsFetchedAsAnExactSentence() throws Exception {
        all.execute("RemoteFunction<Integer, Integer> cube = x -> x * x * x;");

        UnknownClassException pulled =
                catchThrowableOfType(UnknownClassException.class, () -> first.<Object>pull("cube"));
        UnknownClassException evaluated =
                catchThrowableOfType(UnknownClassException.class, () -> first.<Object>evaluate("cube"));

        assertThat(pulled)
                .hasMessageContaining("the value of 'cube' on engine 0 is a function that a text declared")
                .hasMessageContaining("Reference.to(\"cube\")");
        assertThat(evaluated).hasMessageContaining("a function that a text declared");
    }

    @Test
    void whatAFunctionGivesBackOfATextsClassesIsToldLikewise() throws Exception {
        all.execute(
                "record Wheel(int spokes) {} var wheel = new Wheel(36); Wheel wheels(int n) { return new Wheel(n); }");

        assertThat(catchThrowableOfType(UnknownClassException.class, () -> first.<Object>apply(ns -> ns.get("wheel"))))
                .hasMessageContaining("engine 0: the result is made of the class Wheel, which a text declared")
                .hasMessageContaining("Wheel(spokes=36)");
        assertThat(catchThrowableOfType(
                        UnknownClassException.class, () -> first.<Object>apply(Reference.to("wheels"), 2)))
                .extracting(UnknownClassException::valueText)
                .isEqualTo("Wheel(spokes=2)");
        assertThat(first.<Integer>apply(
                        Reference.to("(Function<Wheel, Integer>) Wheel::spokes"), Reference.to("wheel")))
                .isEqualTo(36);
    }

    @Test
    void aRecordOfATextIsFetchedAsTextWithTheWayToIt() throws Exception {
        all.execute("record Coin(int cents) {} var coins = List.of(new Coin(5), new Coin(10));");

        UnknownClassException pulled =
                catchThrowableOfType(UnknownClassException.class, () -> first.<Object>pull("coins"));

        assertThat(pulled)
                .hasMessageContaining(
                        "the value of 'coins' on engine 0 is made of the class Coin, which a text declared")
                .hasMessageContaining("[Coin(cents=5), Coin(cents=10)]");
        assertThat(pulled.getMessage()).doesNotContain("REPL").doesNotContain("class path");
        assertThat(catchThrowableOfType(UnknownClassException.class, () -> first.<Object>evaluate("new Coin(20)")))
                .hasMessageContaining(
                        "engine 0: the value of the text is made of the class Coin, which a text declared")
                .hasMessageContaining("Coin(cents=20)");
    }
}
