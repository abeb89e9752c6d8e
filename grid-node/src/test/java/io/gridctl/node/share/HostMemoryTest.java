package io.gridctl.node.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HostMemoryTest {
    private static final int PIECE = 4096;
    private static final long MOST = 100_000;
    private static final Duration AGE = Duration.ofSeconds(10);

    @TempDir
    private Path memory;

    private Path folder;

    @BeforeEach
    void name() {
        folder = memory.resolve("gridctl-this");
    }

    private HostMemory of(Path path, int user) {
        return new HostMemory(() -> Optional.of(new MemoryFolder(path, MOST, user)), true);
    }

    private HostMemory host() throws IOException {
        return of(folder, MemoryFolder.currentUser());
    }

    private static boolean opens(HostMemory host, UUID value, long length) {
        Optional<SharedValue> opened = host.open(value, length, PIECE);
        opened.ifPresent(SharedValue::close);
        return opened.isPresent();
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(AGE.multipliedBy(2))));
    }

    @Test
    void onlyItsOwnerMayEnterTheFolderAndReadTheFiles() throws IOException {
        UUID value = UUID.randomUUID();

        assertThat(opens(host(), value, PIECE)).isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(value.toString()))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsClosedSharesNothingAnyMoreAndLeavesNothing() throws IOException {
        HostMemory host = host();
        assertThat(opens(host, UUID.randomUUID(), PIECE)).isTrue();

        host.close();

        assertThat(folder).doesNotExist();
        assertThat(opens(host, UUID.randomUUID(), PIECE)).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatOthersShareStaysWhenOneLeaves() throws IOException {
        HostMemory leaving = host();
        HostMemory staying = host();
        UUID others = UUID.randomUUID();
        UUID own = UUID.randomUUID();
        assertThat(opens(staying, others, PIECE)).isTrue();
        assertThat(opens(leaving, others, PIECE)).isTrue();
        assertThat(opens(leaving, own, PIECE)).isTrue();

        leaving.close();

        assertThat(folder.resolve(others.toString())).exists();
        assertThat(folder.resolve(own.toString())).doesNotExist();
        staying.close();
        assertThat(folder).doesNotExist();
    }

    private HostMemory.Pending left(HostMemory host) {
        HostMemory.Pending left = new HostMemory.Pending(UUID.randomUUID(), PIECE);
        assertThat(opens(host, left.value(), left.length())).isTrue();
        assertThat(host.leave(left.value(), left.length())).isTrue();
        return left;
    }

    private static boolean finds(HostMemory host, HostMemory.Pending value) {
        Optional<SharedValue> found = host.find(value.value(), value.length(), PIECE);
        found.ifPresent(SharedValue::close);
        return found.isPresent();
    }

    @Test
    void whatIsPendingStaysUntilItIsStored() throws IOException {
        HostMemory host = host();
        HostMemory.Pending left = left(host);
        assertThat(host.pending(Duration.ZERO)).containsExactly(left);
        assertThat(host.pending(AGE)).isEmpty();

        age(folder.resolve(left.fileName()));
        assertThat(host.pending(AGE)).containsExactly(left);
        host.sweep(AGE);
        host.delete(left.value());
        host.close();
        assertThat(finds(host, left)).isTrue();

        host.stored(left.value(), left.length());
        assertThat(host.pending(Duration.ZERO)).isEmpty();
        assertThat(finds(host, left)).isTrue();
        host.sweep(AGE);
        assertThat(finds(host, left)).isFalse();
    }

    @Test
    void whoReadsWhatIsPendingDoesNotRemoveIt() throws IOException {
        HostMemory host = host();
        HostMemory.Pending left = left(host);

        try (SharedValue opened = host.open(left.value(), left.length(), PIECE).orElseThrow()) {
            opened.finished(0, 1);
        }

        assertThat(host.pending(Duration.ZERO)).containsExactly(left);
    }

    @Test
    void whatIsPendingIsDroppedWhenNobodyNeedsIt() throws IOException {
        HostMemory host = host();
        HostMemory.Pending left = left(host);

        assertThat(host.drop(left.value(), left.length())).isTrue();

        assertThat(finds(host, left)).isFalse();
        assertThat(host.drop(left.value(), left.length())).isFalse();
    }

    @Test
    void whatNobodyHasLeftIsNotPending() throws IOException {
        HostMemory host = host();

        assertThat(host.leave(UUID.randomUUID(), PIECE)).isFalse();

        assertThat(host.pending(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatAnotherGridLeftPendingGoesWhenThatGridMustHaveEnded() throws IOException {
        HostMemory other = of(memory.resolve("gridctl-other"), MemoryFolder.currentUser());
        HostMemory.Pending left = left(other);
        Path file = memory.resolve("gridctl-other").resolve(left.fileName());
        assertThat(opens(host(), UUID.randomUUID(), PIECE)).isTrue();

        age(file);
        host().sweep(AGE);
        assertThat(file).exists();

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        host().sweep(AGE);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsPendingGoesWithItsGrid() throws IOException {
        HostMemory host = host();
        left(host);

        host.remove();

        assertThat(folder).doesNotExist();
    }

    @Test
    void aLinkInItsPlaceIsNotUsed() throws IOException {
        Path elsewhere = Files.createDirectory(
                memory.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder, elsewhere);

        assertThat(opens(host(), UUID.randomUUID(), PIECE)).isFalse();
        host().remove();

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(folder).isSymbolicLink();
    }

    @Test
    void aLinkInAFilesPlaceIsNotUsed() throws IOException {
        UUID value = UUID.randomUUID();
        assertThat(opens(host(), UUID.randomUUID(), PIECE)).isTrue();
        Path elsewhere = Files.writeString(memory.resolve("elsewhere"), "as it was");
        Files.createSymbolicLink(folder.resolve(value.toString()), elsewhere);

        assertThat(opens(host(), value, PIECE)).isFalse();

        assertThat(elsewhere).hasContent("as it was");
    }

    @Test
    void aFolderThatOthersMayEnterIsNotUsed() throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(opens(host(), UUID.randomUUID(), PIECE)).isFalse();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anotherUsersFolderIsNotUsed() throws IOException {
        assertThat(opens(host(), UUID.randomUUID(), PIECE)).isTrue();
        HostMemory other = of(folder, MemoryFolder.currentUser() + 1);

        assertThat(opens(other, UUID.randomUUID(), PIECE)).isFalse();
        other.remove();
        other.sweep(Duration.ofSeconds(-1));

        assertThat(folder).isDirectoryContaining(file -> Files.isRegularFile(file));
    }

    @Test
    void nothingIsSharedWhereThereIsNoMemory() throws IOException {
        assertThat(opens(new HostMemory(Optional::empty, true), UUID.randomUUID(), PIECE))
                .isFalse();
        assertThat(opens(
                        of(memory.resolve("missing/gridctl-this"), MemoryFolder.currentUser()),
                        UUID.randomUUID(),
                        PIECE))
                .isFalse();
    }

    @Test
    void allFilesTogetherAreBounded() throws IOException {
        UUID first = UUID.randomUUID();
        assertThat(opens(host(), first, MOST / 2)).isTrue();

        assertThat(opens(host(), UUID.randomUUID(), MOST / 2)).isFalse();

        assertThat(folder).isDirectoryContaining(file -> file.endsWith(first.toString()));
        assertThat(opens(host(), first, MOST / 2)).isTrue();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatNobodyWritesToAnyLongerIsSweptAlsoOfGridsThatWereKilled() throws IOException {
        UUID old = UUID.randomUUID();
        UUID fresh = UUID.randomUUID();
        assertThat(opens(host(), old, PIECE)).isTrue();
        assertThat(opens(host(), fresh, PIECE)).isTrue();
        age(folder.resolve(old.toString()));
        Path killed = memory.resolve("gridctl-killed");
        assertThat(opens(of(killed, MemoryFolder.currentUser()), old, PIECE)).isTrue();
        age(killed.resolve(old.toString()));
        Path foreign = Files.writeString(memory.resolve("foreign"), "of another program");
        age(foreign);

        host().sweep(AGE);

        assertThat(folder.resolve(old.toString())).doesNotExist();
        assertThat(folder.resolve(fresh.toString())).exists();
        assertThat(killed).isEmptyDirectory();
        assertThat(foreign).exists();

        age(killed);
        host().sweep(AGE);

        assertThat(killed).doesNotExist();
    }

    @Test
    void aGridThatEndsLeavesNothingAndAReaderGoesOn() throws IOException {
        UUID value = UUID.randomUUID();
        try (SharedValue shared = host().open(value, PIECE, PIECE).orElseThrow()) {
            shared.write(0, ByteBuffer.allocate(PIECE));

            host().remove();

            assertThat(folder).doesNotExist();
            assertThat(shared.read(0)).isEqualTo(ByteBuffer.allocate(PIECE));
        }
        host().remove();
    }

    @Test
    void gridsOfOneNameHaveSecretsAndSoFoldersOfTheirOwn() {
        Optional<Path> one = HostMemory.of("one").folder();

        assertThat(HostMemory.of("one").folder()).isEqualTo(one);
        one.ifPresent(path -> {
            assertThat(HostMemory.of("other").folder()).isNotEqualTo(one);
            assertThat(path.toString()).doesNotContain("one");
        });
    }
}
