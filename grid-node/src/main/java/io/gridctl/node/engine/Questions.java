package io.gridctl.node.engine;

import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CodeQuestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What this engine has asked a client and has no answer to yet. Guarded by the client's {@link ClientState}. */
final class Questions {
    private final Map<Long, CompletableFuture<Optional<CodeAnswerCall>>> open = new LinkedHashMap<>();
    private final List<CodeQuestion> untold = new ArrayList<>();
    private long numbers;

    /** A question, and what will be answered; nothing if the client leaves. */
    record Open(long number, CompletableFuture<Optional<CodeAnswerCall>> answer) {}

    /** A question to be told with the next reply. */
    Open ask(String program, boolean resource, String name) {
        CodeQuestion question = new CodeQuestion(++numbers, program, resource, name);
        CompletableFuture<Optional<CodeAnswerCall>> answer = new CompletableFuture<>();
        open.put(question.number(), answer);
        untold.add(question);
        return new Open(question.number(), answer);
    }

    boolean anyUntold() {
        return !untold.isEmpty();
    }

    List<CodeQuestion> take() {
        List<CodeQuestion> taken = List.copyOf(untold);
        untold.clear();
        return taken;
    }

    void answered(CodeAnswerCall answer) {
        CompletableFuture<Optional<CodeAnswerCall>> waiting = open.remove(answer.number());
        if (waiting != null) {
            waiting.complete(Optional.of(answer));
        }
    }

    /** Nobody waits for this one any more. */
    void giveUp(Open question) {
        open.remove(question.number());
    }

    void clear() {
        untold.clear();
        open.values().forEach(waiting -> waiting.complete(Optional.empty()));
        open.clear();
    }
}
