package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.DirectView;
import io.gridctl.Distribution;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.Reference;
import io.gridctl.Source;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Null where something is needed: every verb says which of its parameters it is. */
@Timeout(60)
@ExtendWith(SharedGrid.class)
class NullTest {
    /** Parameters for which null is a value like any other. */
    private static final Set<String> MAY_BE_NULL = Set.of("value", "argument", "first", "second", "identity", "none");

    @Test
    void everyVerbNamesTheParameterThatIsNull() {
        Grid grid = SharedGrid.grid();
        List<String> wrong = new ArrayList<>();
        int[] checked = {0};
        Map.<Class<?>, Object>of(
                        Grid.class, grid,
                        Engine.class, grid.engine(0),
                        DirectView.class, grid.engines(),
                        LoadBalancedView.class, grid.loadBalanced())
                .forEach((type, target) -> {
                    for (Method method : type.getMethods()) {
                        if (!Modifier.isStatic(method.getModifiers())) {
                            checked[0] += check(method, target, wrong);
                        }
                    }
                });

        assertThat(wrong).isEmpty();
        assertThat(checked[0]).as("parameters that were null").isGreaterThan(30);
    }

    private static int check(Method method, Object target, List<String> wrong) {
        int checked = 0;
        for (int index = 0; index < method.getParameterCount(); index++) {
            String name = method.getParameters()[index].getName();
            if (method.getParameterTypes()[index].isPrimitive() || MAY_BE_NULL.contains(name)) {
                continue;
            }
            checked++;
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(NullTest::something)
                    .toArray();
            arguments[index] = null;
            String call = method.getDeclaringClass().getSimpleName() + "." + method.getName() + ": " + name;
            try {
                method.invoke(target, arguments);
                wrong.add(call + " may be null");
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof NullPointerException)
                        || !name.equals(e.getCause().getMessage())) {
                    wrong.add(call + " gives " + e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return checked;
    }

    /** Something for the other parameters, which are not looked at. */
    private static Object something(Class<?> type) {
        if (type == int.class) {
            return 0;
        } else if (type == boolean.class) {
            return false;
        } else if (type == long.class) {
            return 0L;
        } else if (type == String.class) {
            return "a";
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Class.class) {
            return int[].class;
        } else if (type == Distribution.class) {
            return Distribution.BLOCK;
        } else if (type == Source.class) {
            return Source.map("a");
        } else if (type == Reference.class) {
            return Reference.to("a");
        } else if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        } else if (type.isAssignableFrom(List.class)) {
            return List.of();
        } else if (type.isInterface()) {
            return java.lang.reflect.Proxy.newProxyInstance(
                    NullTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null);
        }
        return new Object();
    }

    @Test
    void emptyCollectionsAreNothingToDoAndNoMistake() throws Exception {
        Grid grid = SharedGrid.grid();

        grid.engines().push(Map.of());
        grid.engine(0).push(Map.of());

        assertThat(grid.loadBalanced().map(item -> item, List.of())).isEmpty();
        assertThat(grid.engine(0).names()).isEmpty();
    }

    @Test
    void noEngineAtAllIsAMistake() {
        assertThatThrownBy(() -> SharedGrid.grid().engines(new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name at least one engine");
    }
}
