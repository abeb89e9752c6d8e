package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.GridException;
import org.junit.jupiter.api.Test;

class TextSourceTest {
    @Test
    void aJavaThatCannotCompileIsNamedWithWhatToDo() {
        TextSource.ensureCompiler(3, ModuleLayer.boot());

        assertThatThrownBy(() -> TextSource.ensureCompiler(3, ModuleLayer.empty()))
                .isInstanceOf(GridException.class)
                .hasMessage("engine 3 runs on a Java without jdk.compiler, which code given as text needs;"
                        + " start the engines with a whole JDK");
    }
}
