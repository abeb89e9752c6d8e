package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.LocalImports;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Imports for the texts of engines and of this process. They stay, so each test imports something else. */
@ExtendWith(SharedGrid.class)
class SyncImportsTest {
    private final DirectView all = SharedGrid.grid().engines();
    private final List<String> here = new ArrayList<>();

    @BeforeEach
    void takeImports() {
        LocalImports.takenBy(here::add);
    }

    @AfterEach
    void takeNoMore() {
        LocalImports.takenBy(null);
    }

    @Test
    void classesAreKnownThereAndHere() throws Exception {
        all.syncImports("java.time.temporal.*", "import java.text.BreakIterator;", "static java.lang.Math.floorMod");

        assertThat(all.<String>evaluate("ChronoUnit.DAYS + \" \" + BreakIterator.DONE + \" \" + floorMod(-1, 3)"))
                .containsOnly("Days -1 2");
        assertThat(here)
                .containsExactly(
                        "import java.time.temporal.*;",
                        "import java.text.BreakIterator;",
                        "import static java.lang.Math.floorMod;");
    }

    @Test
    void whatIsNotThereIsImportedNowhere() {
        CompositeException absent = catchThrowableOfType(
                CompositeException.class, () -> all.syncImports("java.util.zip.CRC32", "java.util.zip.Absent"));

        assertThat(absent).hasMessageContaining("text:2:").hasMessageContaining("java.util.zip.Absent");
        assertThat(here).isEmpty();
        assertThat(catchThrowableOfType(CompositeException.class, () -> all.execute("new CRC32()")))
                .hasMessageContaining("CRC32");
    }

    @Test
    void whatIsNothingToImportIsRefused() {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> all.syncImports("java.util.zip.*", "java util")))
                .hasMessageContaining("'java util' is nothing to import");
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> all.syncImports("List; int x = 3")))
                .hasMessageContaining("nothing to import");
        assertThat(here).isEmpty();
    }
}
