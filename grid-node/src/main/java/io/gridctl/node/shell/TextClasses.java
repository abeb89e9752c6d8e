package io.gridctl.node.shell;

import io.gridctl.UnknownClassException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of classes that texts have declared, which mean something to texts only. */
public final class TextClasses {
    private static final String PREFIX = "REPL.$JShell$";
    private static final Pattern NAME = Pattern.compile("REPL\\.\\$JShell\\$[0-9a-f]+(?:\\$([^\\s(,;]*))?");

    private TextClasses() {}

    /**
     * Whether a text has declared it.
     *
     * @param className a binary class name, or that of an array
     * @return true for its functions, too, which have no name of their own
     */
    public static boolean isOne(String className) {
        return className.contains(PREFIX) && NAME.matcher(ofElements(className)).matches();
    }

    private static String ofElements(String className) {
        return className.startsWith("[")
                ? className.substring(className.lastIndexOf('[') + 2, className.length() - 1)
                : className;
    }

    /**
     * Why a value that is made of such a class cannot be read, and what to do.
     *
     * @param value what it is: {@code the value of 'x' on engine 0}
     * @param reference what it may be called on the engine, empty if that is not known
     * @param className the class
     * @param valueText the value as text, may be empty
     * @param cause what came of reading it, if that was tried
     * @return an exception for who asked for it
     */
    public static UnknownClassException explain(
            String value, String reference, String className, String valueText, @Nullable Throwable cause) {
        Matcher matcher = NAME.matcher(ofElements(className));
        String name = matcher.matches() && matcher.group(1) != null ? plain(matcher.group(1)) : "";
        String there = "Reference.to(\"" + (reference.isEmpty() ? "…" : reference) + "\")";
        String sentence = name.isEmpty()
                ? value
                        + " is a function that a text declared, so its code is there and with no program; call it there: "
                        + there
                : value + " is made of the class " + name
                        + ", which a text declared and no program has; fetch what a text"
                        + " makes of it, or use it there: " + there;
        String text = tidy(valueText);
        return new UnknownClassException(
                sentence + (text.isEmpty() ? "" : ". The value: " + text),
                name.isEmpty() ? className : name,
                text,
                cause);
    }

    /**
     * Puts the names that the texts' writers gave in place of the classes' own.
     *
     * @param text whatever may have names of classes in it
     * @return the same for its reader
     */
    public static String tidy(String text) {
        return !text.contains(PREFIX)
                ? text
                : NAME.matcher(text)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(found.group(1) == null ? "text" : plain(found.group(1))));
    }

    private static String plain(String nested) {
        return nested.replace('$', '.');
    }
}
