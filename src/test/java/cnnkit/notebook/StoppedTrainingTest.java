package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Language;
import cnnkit.train.Progress;
import cnnkit.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoppedTrainingTest {
    private static final String WORDS =
            "the training was interrupted after step 2 of 6: resume() goes on. Then run the cells below it again";

    private final LiveTraining live = new LiveTraining();
    private final Trainer trainer = Runs.trainer(6).listener(progress -> {
        live.progress(progress);
        if (progress.state() == Progress.State.RUNNING && progress.step() == 2) {
            Thread.currentThread().interrupt();
        }
    });

    private void stop() {
        Printed.by(trainer::train);
    }

    @AfterEach
    void forget() {
        Thread.interrupted();
        Printed.by(Runs.trainer(1).listener(live)::train);
    }

    @Test
    void aStoppedTrainingIsRememberedUntilItHasComeToItsEnd() {
        assertEquals(Optional.empty(), StoppedTraining.words());
        stop();
        assertEquals(Optional.of(WORDS), StoppedTraining.words());
        Printed.by(trainer::resume);
        assertEquals(Optional.empty(), StoppedTraining.words());
    }

    @Test
    void aClaimThatFailsBehindItNamesTheReason() {
        stop();
        ClaimException e = assertThrows(ClaimException.class, () -> Claims.claim("the network reads 98 %", false));
        assertEquals("claim fails: the network reads 98 %\n" + WORDS, e.getMessage());
        Printed.by(trainer::resume);
        e = assertThrows(ClaimException.class, () -> Claims.claim("the network reads 98 %", false));
        assertEquals("claim fails: the network reads 98 %", e.getMessage());
    }

    @Test
    void everyCellBehindItSaysSoOnce() {
        List<String> said = new ArrayList<>();
        AtomicInteger cell = new AtomicInteger(1);
        List<String> words = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.onSnippetEvent(new NextCells(() -> words.stream().findFirst(), cell::get, said::add));
            shell.eval("int a = 1;");
            assertEquals(List.of(), said);
            words.add("stopped");
            cell.set(2);
            shell.eval("int b = a;");
            shell.eval("int c = b;");
            assertEquals(List.of("cnnkit: stopped"), said);
            cell.set(3);
            shell.eval("int d = c;");
            assertEquals(List.of("cnnkit: stopped", "cnnkit: stopped"), said);
            words.clear();
            cell.set(4);
            shell.eval("int e = d;");
            assertEquals(2, said.size());
        }
    }

    @Test
    void namesThatAreNotThereYetLeadToTheCellsAbove() {
        List<String> said = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.onSnippetEvent(new MissingNames(shell, said::add));
            shell.eval("network.train(images);");
            shell.eval("Tensor x = Tensor.zeros(3);");
            shell.eval("int a = 1;");
            shell.eval("a = \"seven\";"); // a mistake of another kind
            shell.eval("\"seven\".size();"); // a known thing that has no such method
        }
        assertEquals(2, said.size(), said.toString());
        assertTrue(
                said.get(0).startsWith("cnnkit: not there yet: network, images. Run the cells above first"),
                said.get(0));
        assertTrue(said.get(1).startsWith("cnnkit: not there yet: Tensor."), said.get(1));
    }

    @Test
    void namesOfTheCodeAreNotTranslated() {
        List<String> said = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.onSnippetEvent(new MissingNames(shell, said::add));
            Language.of("zh").speak(() -> shell.eval("train(images);"));
        }
        assertTrue(said.get(0).contains("images") && said.get(0).contains("还没有"), said.toString());
    }
}
