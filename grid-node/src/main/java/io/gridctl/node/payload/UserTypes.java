package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a user's class are written. The answer is found once per class and kept by the class itself, so that it
 * goes when the class's loader goes; it is shared by all codecs and threads.
 */
final class UserTypes {
    /** Id of a type that is written by name. */
    static final int NAMED = -1;

    private static final ClassValue<Registration> REGISTRATIONS = new ClassValue<>() {
        @Override
        protected Registration computeValue(Class<?> type) {
            return register(type);
        }
    };

    private UserTypes() {}

    static Registration registration(Class<?> type) {
        return REGISTRATIONS.get(type);
    }

    private static Registration register(Class<?> type) {
        if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
            Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
            return new Registration(declaring, new EnumSerializer(declaring), NAMED);
        }
        if (type.isArray()) {
            return new Registration(type, new ObjectArraySerializer(), NAMED);
        }
        String reason = Refusals.of(type);
        if (reason != null) {
            throw new RefusedException(type, reason);
        }
        if (Proxy.isProxyClass(type)) {
            return new Registration(type, JdkStreamSerializer.INSTANCE, GraphTypes.JDK_STREAM_ID);
        }
        if (type.isHidden()) {
            return function(type);
        }
        if (type.isRecord()) {
            return new Registration(type, new RecordSerializer(type), NAMED);
        }
        if (needsJdkSerialization(type)) {
            return new Registration(type, JdkStreamSerializer.INSTANCE, GraphTypes.JDK_STREAM_ID);
        }
        Class<?> closed = closedAncestor(type);
        if (closed != null) {
            throw new RefusedException(
                    type,
                    "It extends " + closed.getName()
                            + ", whose state is closed to others; implement java.io.Serializable"
                            + " with writeReplace, or create it inside the task.");
        }
        return new Registration(type, new FieldsSerializer(type), NAMED);
    }

    private static Registration function(Class<?> type) {
        Method writeReplace = Lambdas.writeReplace(type);
        if (writeReplace == null) {
            throw new RefusedException(type, Lambdas.notSerializable(type));
        }
        return new Registration(type, new LambdaSerializer(writeReplace), GraphTypes.LAMBDA_ID);
    }

    /** Classes that bring their own form, or that build on a JDK class whose state only JDK serialization can reach. */
    private static boolean needsJdkSerialization(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            return false;
        }
        if (Externalizable.class.isAssignableFrom(type) || closedAncestor(type) != null) {
            return true;
        }
        for (Class<?> each = type; each != null && !PlatformClasses.isPlatform(each); each = each.getSuperclass()) {
            if (declares(each, "writeReplace")
                    || declares(each, "readResolve")
                    || declares(each, "writeObject", ObjectOutputStream.class)
                    || declares(each, "readObject", ObjectInputStream.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters).getDeclaringClass() == type;
        } catch (NoSuchMethodException | NoClassDefFoundError e) {
            return false;
        }
    }

    /** The nearest JDK ancestor with fields of its own, other than the abstract collections, whose fields are caches. */
    static @Nullable Class<?> closedAncestor(Class<?> type) {
        for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
            if (PlatformClasses.isPlatform(each) && !each.getName().startsWith("java.util.Abstract")) {
                for (Field field : each.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        return each;
                    }
                }
            }
        }
        return null;
    }

    /** The fields that travel, opened, ancestors first. */
    static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        Class<?> parent = type.getSuperclass();
        if (parent != null && !PlatformClasses.isPlatform(parent)) {
            fields.addAll(fields(parent));
        }
        for (Field field : type.getDeclaredFields()) {
            int skipped = Modifier.STATIC | (type.isRecord() ? 0 : Modifier.TRANSIENT);
            if ((field.getModifiers() & skipped) == 0) {
                if (!field.trySetAccessible()) {
                    throw new RefusedException(
                            type,
                            "Its module does not open the package to us; open it, or send a value of another type.");
                }
                fields.add(field);
            }
        }
        return fields;
    }

    /** A number that differs between two versions of a class whose fields differ. Never zero. */
    static int fingerprint(List<Field> fields) {
        int hash = 17;
        for (Field field : fields) {
            hash = 31 * hash + field.getName().hashCode();
            hash = 31 * hash + field.getType().getName().hashCode();
        }
        return hash == 0 ? 1 : hash;
    }

    /** A serializer of a class whose fields must be the same on both sides. */
    abstract static class Fingerprinted extends Serializer<Object> {
        abstract int fingerprint();
    }
}
