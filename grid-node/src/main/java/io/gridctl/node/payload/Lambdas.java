package io.gridctl.node.payload;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads lambdas and method references through the form that the compiler gave them. The names of their classes mean
 * nothing and are never looked at.
 */
public final class Lambdas {
    private Lambdas() {}

    /** The method that yields a function's {@link SerializedLambda}, or null if {@code type} is no such function. */
    static @Nullable Method writeReplace(Class<?> type) {
        if (!type.isHidden() || !Serializable.class.isAssignableFrom(type)) {
            return null;
        }
        try {
            Method method = type.getDeclaredMethod("writeReplace");
            return method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException | NoClassDefFoundError e) {
            return null;
        }
    }

    /** The sentence for a function that its compiler did not make serializable. */
    static String notSerializable(Class<?> type) {
        Class<?>[] interfaces = type.getInterfaces();
        String typed = interfaces.length == 0 ? type.getName() : interfaces[0].getName();
        return "A function typed " + typed + " is not serializable; use a type of io.gridctl.function such as"
                + " RemoteFunction, or add \"& Serializable\" to the type.";
    }

    /**
     * The serialized form of a function.
     *
     * @param function any object
     * @return its form, or empty if it is no lambda or method reference with a serializable type
     */
    public static Optional<SerializedLambda> serialized(Object function) {
        Method writeReplace = writeReplace(function.getClass());
        return writeReplace == null ? Optional.empty() : Optional.of(serialized(writeReplace, function));
    }

    static SerializedLambda serialized(Method writeReplace, Object function) {
        try {
            if (writeReplace.invoke(function) instanceof SerializedLambda form) {
                return form;
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new RefusedException(function.getClass(), "Its serialized form cannot be read: " + e);
        }
        throw new RefusedException(function.getClass(), notSerializable(function.getClass()));
    }
}
