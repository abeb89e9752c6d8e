package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class GridMapsTest {
    private int asked;

    /** A client whose first so many members leave when they are asked. */
    private HazelcastInstance client(int leaving, RuntimeException trouble) {
        IMap<?, ?> map = proxy(IMap.class, () -> "the map");
        return proxy(HazelcastInstance.class, () -> {
            if (asked++ < leaving) {
                throw trouble;
            }
            return map;
        });
    }

    private interface Answer {
        Object give();
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer.give()));
    }

    @Test
    void anotherMemberIsAskedWhenOneLeaves() {
        assertThat(GridMaps.get(client(3, new TargetDisconnectedException("left")), "any")
                        .toString())
                .isEqualTo("the map");
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void thatNobodyAnswersIsToldAfterAWhile() {
        TargetDisconnectedException left = new TargetDisconnectedException("left");

        assertThatThrownBy(() -> GridMaps.get(client(Integer.MAX_VALUE, left), "any"))
                .isSameAs(left);
    }

    @Test
    void otherTroubleIsNotTriedAgain() {
        IllegalStateException closed = new IllegalStateException("closed");

        assertThatThrownBy(() -> GridMaps.get(client(1, closed), "any")).isSameAs(closed);
        assertThat(asked).isEqualTo(1);
    }
}
