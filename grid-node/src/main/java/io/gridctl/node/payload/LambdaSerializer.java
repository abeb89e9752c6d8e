package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.gridctl.node.payload.Unfilled.Kind;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Lambdas and method references: the names that identify one in the class that made it, and the captured values. */
final class LambdaSerializer extends Serializer<Object> {
    /** Reads any function; writing needs the method of the function's own class. */
    static final LambdaSerializer READER = new LambdaSerializer(null);

    private static final ClassValue<Method> DESERIALIZERS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            try {
                Method method = type.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
                method.setAccessible(true);
                return method;
            } catch (NoSuchMethodException e) {
                throw new PayloadException(
                        "The class " + type.getName() + " here does not have the function that was sent:"
                                + " it is another version of the class.",
                        e);
            }
        }
    };

    private final @Nullable Method writeReplace;

    /** Found at the first write; all functions of one class come from the same place. */
    private volatile @Nullable Class<?> capturing;

    LambdaSerializer(@Nullable Method writeReplace) {
        this.writeReplace = writeReplace;
    }

    @Override
    public void write(Kryo kryo, Output output, Object function) {
        if (writeReplace == null) {
            throw new IllegalStateException("a reader");
        }
        SerializedLambda form = Lambdas.serialized(writeReplace, function);
        GraphTypes types = (GraphTypes) kryo.getClassResolver();
        types.writeName(output, capturing(function, form));
        output.writeString(form.getFunctionalInterfaceClass());
        output.writeString(form.getFunctionalInterfaceMethodName());
        output.writeString(form.getFunctionalInterfaceMethodSignature());
        output.writeByte(form.getImplMethodKind());
        output.writeString(form.getImplClass());
        output.writeString(form.getImplMethodName());
        output.writeString(form.getImplMethodSignature());
        output.writeString(form.getInstantiatedMethodType());
        output.writeVarInt(form.getCapturedArgCount(), true);
        for (int i = 0; i < form.getCapturedArgCount(); i++) {
            kryo.writeClassAndObject(output, form.getCapturedArg(i));
        }
    }

    private Class<?> capturing(Object function, SerializedLambda form) {
        Class<?> known = capturing;
        if (known == null) {
            String name = form.getCapturingClass().replace('/', '.');
            try {
                known = Class.forName(name, false, function.getClass().getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new RefusedException(
                        function.getClass(),
                        "Its class " + name + " cannot be found again by name, so it cannot be sent.");
            }
            capturing = known;
        }
        return known;
    }

    @Override
    public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        GraphTypes types = (GraphTypes) kryo.getClassResolver();
        Registration made = types.readName(input);
        Class<?> capturing = made.getType();
        String interfaceClass = input.readString();
        String interfaceMethod = input.readString();
        String interfaceSignature = input.readString();
        int kind = input.readByte();
        String implClass = input.readString();
        String implMethod = input.readString();
        String implSignature = input.readString();
        String instantiated = input.readString();
        Parts captured = new Parts(kryo, Kind.BY_CONSTRUCTOR, input.readVarInt(true));
        for (int i = 0; i < captured.soFar().length; i++) {
            captured.add(kryo.readClassAndObject(input));
        }
        if (types.isDescribing()) {
            return captured.make(values -> described(Descriptions.className(made), values));
        }
        return captured.make(values -> function(
                capturing,
                new SerializedLambda(
                        capturing,
                        interfaceClass,
                        interfaceMethod,
                        interfaceSignature,
                        kind,
                        implClass,
                        implMethod,
                        implSignature,
                        instantiated,
                        values)));
    }

    private static Object function(Class<?> capturing, SerializedLambda form) {
        try {
            return DESERIALIZERS.get(capturing).invoke(null, form);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof LinkageError error) {
                throw error;
            }
            throw new PayloadException(
                    "The function of " + capturing.getName() + " cannot be rebuilt here: it was made by another version"
                            + " of the class.",
                    cause);
        } catch (IllegalAccessException e) {
            throw new PayloadException("The function of " + capturing.getName() + " cannot be rebuilt here.", e);
        }
    }

    private static Described described(String className, Object[] captured) {
        Described function = new Described("a function of " + className, null);
        for (int i = 0; i < captured.length; i++) {
            function.put("captured value " + (i + 1), captured[i]);
        }
        return function;
    }
}
