package io.gridctl.node.payload;

/** Finds, in whatever a decoding threw, the sentence that a user can act on. */
final class DecodeFailures {
    private DecodeFailures() {}

    static PayloadException explain(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof PayloadException known) {
                return known;
            }
            if (each instanceof NoClassDefFoundError error) {
                String name = String.valueOf(error.getMessage());
                if (name.startsWith("Could not initialize class ")) {
                    return new PayloadException(
                            "The class " + name.substring("Could not initialize class ".length())
                                    + " failed to initialize when it was first used.",
                            failure);
                }
                return PayloadException.missing(name.replace('/', '.'), failure);
            }
            if (each instanceof ClassNotFoundException) {
                return PayloadException.missing(String.valueOf(each.getMessage()), failure);
            }
            if (each instanceof UnsupportedClassVersionError) {
                return new PayloadException("The value cannot be read: " + each.getMessage() + ".", failure);
            }
            if (each instanceof ExceptionInInitializerError) {
                return new PayloadException(
                        "A class failed to initialize while the value was read: " + each.getCause(), failure);
            }
            if (each instanceof LinkageError) {
                return new PayloadException(
                        "A class of the program does not fit the others here: " + each.getMessage(), failure);
            }
        }
        return new PayloadException("The value cannot be read: " + failure, failure);
    }
}
