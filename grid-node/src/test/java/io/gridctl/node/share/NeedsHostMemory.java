package io.gridctl.node.share;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Of tests whose processes share their host's memory, which needs a memory file system, as Linux has. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("io.gridctl.node.share.NeedsHostMemory$Host#hasIt")
public @interface NeedsHostMemory {
    /** This one. */
    final class Host {
        private Host() {}

        static boolean hasIt() {
            return HostMemory.ofGuest("any grid").folder().isPresent();
        }
    }
}
