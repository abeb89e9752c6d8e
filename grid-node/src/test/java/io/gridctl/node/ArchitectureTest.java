package io.gridctl.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jvm")
class ArchitectureTest {
    private static final String ROOT = "io.gridctl.node";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** From the ground up; the empty one is the root package. */
    private static final List<String> FLOORS = List.of(
            ".share",
            ".task",
            ".payload",
            ".code",
            ".pipeline",
            ".shell",
            ".sweep",
            ".engine",
            "",
            ".cluster",
            ".client");

    /** Hazelcast's own business, which it may change with any version; each is here for a reason said where it is used. */
    private static final Set<String> INTERNALS = Set.of(
            "com.hazelcast.executor.impl.DistributedExecutorService",
            "com.hazelcast.internal.config.ServicesConfig",
            "com.hazelcast.internal.partition.IPartition",
            "com.hazelcast.internal.partition.IPartitionService",
            "com.hazelcast.internal.serialization.Data",
            "com.hazelcast.internal.serialization.impl.HeapData",
            "com.hazelcast.internal.util.ConcurrencyUtil",
            "com.hazelcast.internal.util.JVMUtil",
            "com.hazelcast.jet.impl.util.Util",
            "com.hazelcast.map.impl.MapService",
            "com.hazelcast.map.impl.MapServiceContext",
            "com.hazelcast.map.impl.PartitionContainer",
            "com.hazelcast.map.impl.operation.MapOperationProvider",
            "com.hazelcast.map.impl.proxy.MapProxyImpl",
            "com.hazelcast.map.impl.recordstore.RecordStore",
            "com.hazelcast.spi.exception.RetryableHazelcastException",
            "com.hazelcast.spi.exception.TargetDisconnectedException",
            "com.hazelcast.spi.exception.TargetNotMemberException",
            "com.hazelcast.spi.impl.NodeEngine",
            "com.hazelcast.spi.impl.operationservice.InvocationBuilder",
            "com.hazelcast.spi.impl.operationservice.Operation",
            "com.hazelcast.spi.impl.operationservice.OperationService",
            "com.hazelcast.wan.impl.CallerProvenance");

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith(ROOT)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noFloorKnowsTheFloorsAboveIt() {
        for (int floor = 0; floor < FLOORS.size() - 1; floor++) {
            String[] above = FLOORS.subList(floor + 1, FLOORS.size()).stream()
                    .map(name -> ROOT + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + FLOORS.get(floor))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(CLASSES);
        }
    }

    @Test
    void theDispatcherStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".balance")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ROOT + ".balance", "io.gridctl", "java..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void hazelcastsInternalsAreUsedNowhereButWhereItIsKnown() {
        TreeSet<String> used = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(type -> type.getBaseComponentType().getFullName())
                .filter(name -> name.matches("com\\.hazelcast\\..*(internal|impl|spi\\.exception)\\..*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(new TreeSet<>(INTERNALS));
    }
}
