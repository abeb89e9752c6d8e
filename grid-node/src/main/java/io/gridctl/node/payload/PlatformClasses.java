package io.gridctl.node.payload;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the classes of the JDK from everybody else's. A class of the JDK is the same on both sides of the network and
 * never travels; its private fields are closed to us.
 */
public final class PlatformClasses {
    /** Package to loader; the value is null where the package belongs to the boot loader. */
    private static final Map<String, @Nullable ClassLoader> PACKAGES = packages();

    private PlatformClasses() {}

    private static Map<String, @Nullable ClassLoader> packages() {
        Map<String, @Nullable ClassLoader> packages = new HashMap<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (isPlatform(module)) {
                module.getPackages().forEach(name -> packages.put(name, module.getClassLoader()));
            }
        }
        return packages;
    }

    private static boolean isPlatform(Module module) {
        String name = module.getName();
        return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
    }

    /**
     * Whether the JDK itself defines {@code type}, or its element type if it is an array. True for the primitive types.
     *
     * @param type any class
     * @return whether it is part of the JDK
     */
    public static boolean isPlatform(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        ClassLoader loader = element.getClassLoader();
        return loader == null || isPlatform(element.getModule()) || loader == ClassLoader.getPlatformClassLoader();
    }

    /**
     * Whether a class of this name would be looked for in the JDK.
     *
     * @param className a binary class name
     * @return whether the JDK has its package
     */
    public static boolean isPlatform(String className) {
        return className.startsWith("java.") || PACKAGES.containsKey(packageOf(className));
    }

    /**
     * Loads a class of the JDK.
     *
     * @param className a binary class name for which {@link #isPlatform(String)} holds
     * @return the class
     * @throws ClassNotFoundException if this JDK has no such class
     */
    public static Class<?> load(String className) throws ClassNotFoundException {
        return Class.forName(className, false, PACKAGES.get(packageOf(className)));
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
