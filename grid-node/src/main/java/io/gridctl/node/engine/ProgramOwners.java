package io.gridctl.node.engine;

import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.CodeSource;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CodePack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which client brought which program, and so who is asked for what a program lacks here: that client as long as it
 * listens, then the classes that are stored in the grid.
 */
final class ProgramOwners implements CodeSource {
    private static final Logger log = LoggerFactory.getLogger(ProgramOwners.class);
    private static final int SHORT_ID = 8;

    private final Map<String, Owner> owners = new ConcurrentHashMap<>();
    private final StoredClasses stored;
    private final Predicate<UUID> connected;

    private record Owner(UUID client, ClientState state) {}

    /**
     * Nobody's programs yet.
     *
     * @param stored the classes that are stored in the grid
     * @param connected whether a client is connected to this engine
     */
    ProgramOwners(StoredClasses stored, Predicate<UUID> connected) {
        this.stored = stored;
        this.connected = connected;
    }

    void own(CodePack pack, UUID client, ClientState state) {
        if (!pack.program().isEmpty() && !owners.containsKey(pack.program())) {
            owners.put(pack.program(), new Owner(client, state));
        }
    }

    void release(UUID client) {
        owners.values().removeIf(owner -> owner.client().equals(client));
    }

    /** What the client said; nothing, and why, if it did not. */
    private record Heard(Optional<CodeAnswerCall> answer, String otherwise, boolean lasting) {}

    private Heard ask(String program, boolean resource, String name) {
        String whose = "program " + program.substring(0, Math.min(SHORT_ID, program.length()));
        Owner owner = owners.get(program);
        if (owner == null) {
            return new Heard(Optional.empty(), "the client of " + whose + " has left", true);
        }
        ClientState.Asked asked = owner.state().ask(program, resource, name);
        Optional<CodeAnswerCall> answer = asked.answer();
        if (answer.isEmpty()) {
            String why = !connected.test(owner.client()) ? "has left without it having been sent" : asked.otherwise();
            log.warn("{} is missing: the client of {} {}", name, whose, why);
            return new Heard(answer, "the client of " + whose + " " + why, false);
        }
        String refusal = answer.get().refusal();
        return new Heard(
                answer,
                "the client of " + whose + " was asked for it and "
                        + (refusal.isEmpty() ? "has no such " + (resource ? "resource" : "class") : "said: " + refusal),
                true);
    }

    @Override
    public Answer<ClassFile> classes(String program, String className) {
        Heard heard = ask(program, false, className);
        List<ClassFile> brought = heard.answer().map(CodeAnswerCall::classes).orElse(List.of()).stream()
                .map(file -> ClassFile.of(file.name(), file.bytes()))
                .toList();
        if (!brought.isEmpty()) {
            return Answer.of(brought);
        }
        return stored.find(program, className)
                .map(file -> Answer.of(List.of(file)))
                .orElseGet(() ->
                        new Answer<>(List.of(), heard.otherwise() + ", and the grid holds none", heard.lasting()));
    }

    @Override
    public Answer<byte[]> resources(String program, String name) {
        Heard heard = ask(program, true, name);
        return new Answer<>(
                heard.answer().map(CodeAnswerCall::resources).orElse(List.of()), heard.otherwise(), heard.lasting());
    }
}
