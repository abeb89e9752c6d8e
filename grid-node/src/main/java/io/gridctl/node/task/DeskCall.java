package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A message to one engine: runs there against the engine's {@link EngineDesk}. Nothing is ever thrown out of {@link
 * #call}, because Hazelcast's client runs a call again for some exceptions and loses the fields of all: what goes wrong
 * comes back as a {@link Refusal}.
 */
public abstract class DeskCall implements Callable<Object>, HazelcastInstanceAware, Wire.Typed {
    private transient @Nullable HazelcastInstance hazelcast;

    abstract Object at(EngineDesk desk) throws Exception;

    @Override
    public final void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    /** The desk of the engine that this has come to; null if the member is none, or none yet. */
    final @Nullable EngineDesk desk() {
        return hazelcast == null
                ? null
                : (EngineDesk) hazelcast.getUserContext().get(EngineDesk.CONTEXT_KEY);
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public final Object call() {
        EngineDesk desk = desk();
        if (desk == null) {
            return new Refusal("this member is not an engine that takes calls");
        }
        try {
            return at(desk);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Refusal("the engine is shutting down");
        } catch (Exception e) {
            return new Refusal(e);
        }
    }
}
