package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.function.RemoteBiFunction;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What engines made of their parts' elements, combined by who asks for it. */
final class PartSum<T extends @Nullable Object> extends PartsResult<Optional<T>> {
    private final RemoteBiFunction<T, T, ? extends T> operator;

    PartSum(CallContext context, RemoteBiFunction<T, T, ? extends T> operator) {
        super(context);
        this.operator = operator;
    }

    @Override
    @SuppressWarnings({"unchecked", "CatchingUnchecked"})
    synchronized Optional<T> assemble() {
        boolean any = false;
        @Nullable T sum = null;
        for (PendingTask part : parts()) {
            @Nullable Object[] value = (@Nullable Object[]) Objects.requireNonNull(valueOf(part));
            if (value.length == 0) {
                continue;
            }
            try {
                sum = any ? operator.apply(sum, (T) value[0]) : (T) value[0];
            } catch (InterruptedException e) {
                throw ListResult.interrupted(e);
            } catch (Exception e) {
                throw new GridException("the engines' values could not be combined here: " + e, e);
            }
            any = true;
        }
        return Optional.ofNullable(sum);
    }
}
