package io.gridctl;

/**
 * A line of a namespace's listing.
 *
 * @param name the name
 * @param typeName the class of the value, a binary class name, {@code null} for the null value
 * @param bytes the size of the value as it is stored
 * @param version one higher each time the name was written on this engine
 */
public record NamedValue(String name, String typeName, long bytes, long version) {}
