package io.gridctl.cli.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes names and members of Java, line forms, and their options. */
final class PromptCompleter implements Completer {
    private final Session session;

    PromptCompleter(Session session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor());
        Set<String> words = new LinkedHashSet<>();
        if (LineForms.isForm(before.stripLeading())) {
            addForms(before.stripLeading(), words);
        } else {
            addJava(before, line.word(), words);
        }
        for (String word : words) {
            // Nothing is put behind it: a member may follow.
            candidates.add(new Candidate(word, word, null, null, null, null, false));
        }
    }

    private void addForms(String before, Set<String> words) {
        var forms = LineForms.commandLine(session).getSubcommands();
        int space = before.indexOf(' ');
        if (space < 0) {
            words.addAll(forms.keySet());
            return;
        }
        var form = forms.get(before.substring(0, space));
        if (form == null) {
            return;
        }
        if (form.getCommand() instanceof PushForm) {
            words.addAll(session.java().variables());
        }
        int dashes = before.lastIndexOf(" --");
        if (dashes >= 0 && before.indexOf(' ', dashes + 1) < 0) {
            form.getCommandSpec()
                    .options()
                    .forEach(option -> words.add(option.longestName().substring(2)));
            return;
        }
        String code = before.substring(space + 1);
        addJava(code, word(code), words);
    }

    private static String word(String text) {
        int begin = text.length();
        while (begin > 0 && Character.isJavaIdentifierPart(text.charAt(begin - 1))) {
            begin--;
        }
        return text.substring(begin);
    }

    private void addJava(String code, String word, Set<String> words) {
        int[] anchor = {0};
        List<Suggestion> suggestions = session.java().analysis().completionSuggestions(code, code.length(), anchor);
        // What JShell would put in begins at its anchor, what JLine puts in begins with the word.
        int known = code.length() - word.length() - anchor[0];
        suggestions.stream()
                .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                .map(Suggestion::continuation)
                .filter(text -> known >= 0 && known <= text.length())
                .map(text -> text.substring(known))
                .forEach(words::add);
    }
}
