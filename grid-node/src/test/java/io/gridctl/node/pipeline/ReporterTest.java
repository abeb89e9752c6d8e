package io.gridctl.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<@Nullable Void> onItsWay = new CompletableFuture<>();

    /** A map that is slow to store what nobody waits for. */
    @SuppressWarnings("unchecked")
    private final IMap<String, PipelineReport> map = (IMap<String, PipelineReport>) Proxy.newProxyInstance(
            IMap.class.getClassLoader(), new Class<?>[] {IMap.class}, (proxy, method, arguments) -> {
                said.add(method.getName());
                return method.getName().equals("setAsync") ? onItsWay : null;
            });

    private final Reporter reporter = new Reporter(map, "key", UUID.randomUUID());

    @Test
    void theLastWordIsSaidWhenTheOneBeforeHasArrived() {
        reporter.progress(PipelineReport.progress(1, 2));
        CompletableFuture<Void> last = CompletableFuture.runAsync(() -> reporter.tell(PipelineReport.read(2, "all")));
        await().until(() -> onItsWay.getNumberOfDependents() > 0);
        assertThat(said).containsExactly("setAsync");

        onItsWay.completeExceptionally(new IllegalStateException("a member was lost"));

        last.join();
        assertThat(said).containsExactly("setAsync", "set");
    }

    @Test
    void aFailureIsSaidAfterItTooWithoutWaiting() {
        reporter.progress(PipelineReport.progress(1, 2));

        reporter.failing("broken");
        assertThat(said).containsExactly("setAsync");

        onItsWay.complete(null);
        assertThat(said).containsExactly("setAsync", "setAsync");
    }
}
