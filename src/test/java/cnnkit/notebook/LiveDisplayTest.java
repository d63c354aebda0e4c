package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Language;
import cnnkit.train.History;
import cnnkit.train.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private static final long MILLISECOND = 1_000_000;

    private final List<LiveFrame> frames = new ArrayList<>();
    private long now = 5_000_000_000L;

    private LiveDisplay display(long frameTakes) {
        return new LiveDisplay(
                frame -> {
                    frames.add(frame);
                    now += frameTakes;
                },
                () -> now);
    }

    /** Tells the news of 100 steps, one every 10 ms: one second of training. */
    private void run(LiveDisplay display) {
        for (Progress progress : Runs.news(100)) {
            now += 10 * MILLISECOND;
            display.progress(progress);
        }
    }

    @Test
    void betweenTheFirstAndTheLastFrameThereIsOneEvery300Milliseconds() {
        run(display(0));
        assertEquals(1 + 3 + 1, frames.size(), frames.toString());
        assertTrue(
                frames.get(0).text().startsWith("epoch 1 of 1, step 1 of 100"),
                frames.get(0).text());
        assertTrue(
                frames.get(4).text().startsWith("finished: 1 epoch, 100 steps"),
                frames.get(4).text());
    }

    @Test
    void slowFramesAreDrawnLessOftenSoThatTrainingKeepsItsTime() {
        run(display(15 * MILLISECOND)); // 300 ms after the first frame, then 50 times 15 ms
        assertEquals(1 + 1 + 1, frames.size(), frames.toString());
    }

    @Test
    void theLastFrameHasNoTimeLeftButTheTimeItTook() {
        run(display(0));
        String first = frames.get(0).text(),
                last = frames.get(frames.size() - 1).text();
        assertTrue(first.endsWith(" left"), first);
        assertFalse(last.contains("left"), last);
        assertTrue(last.contains("100 steps, 1 s;"), last);
        assertTrue(last.matches(".*loss \\d\\.\\d{4}, accuracy \\d+\\.\\d %.*"), last);
    }

    @Test
    void inChineseItIsChineseToTheLastSeparator() {
        Language.use("zh");
        try {
            run(display(0));
        } finally {
            Language.use("");
        }
        String first = frames.get(0).text(),
                last = frames.get(frames.size() - 1).text();
        assertTrue(first.matches(".*，还剩 \\d+ 秒"), first);
        assertTrue(last.startsWith("完成：1 轮，100 步，1 秒；损失 "), last);
        assertTrue(frames.get(frames.size() - 1).html().contains("alt=\"损失与识别精度随步数的变化。完成：1 轮，100 步，1 秒；损失 "), last);
    }

    @Test
    void anInterruptedRunSaysHowToGoOn() {
        Progress last = Runs.with(Progress.State.INTERRUPTED, Runs.news(100).get(41));
        display(0).progress(last);
        assertTrue(
                frames.get(0).text().startsWith("interrupted after step 42 of 100: resume() goes on"),
                frames.toString());
        assertTrue(frames.get(0).html().contains("width: 42.0%"), "the bar stops where training stopped");
    }

    @Test
    void aDivergedRunSaysWhere() {
        display(0).progress(Runs.with(Progress.State.DIVERGED, Runs.news(100).get(41)));
        assertTrue(
                frames.get(0)
                        .text()
                        .startsWith("diverged after step 42: the loss or the weights are no finite numbers"),
                frames.toString());
    }

    @Test
    void aDisplayThatFailsDoesNotStopTheTraining() {
        PrintStream err = System.err;
        System.setErr(new PrintStream(new ByteArrayOutputStream()));
        int[] tries = {0};
        try {
            LiveDisplay broken = new LiveDisplay(
                    frame -> {
                        tries[0]++;
                        throw new IllegalStateException("the browser is gone");
                    },
                    () -> now);
            run(broken);
        } finally {
            System.setErr(err);
        }
        assertEquals(1, tries[0], "tried once, not at every step");
    }

    @Test
    void aFrameOfALongRunIsSmall() {
        List<Progress> news = Runs.news(2000);
        LiveFrame frame = LiveFrames.of(news.get(news.size() - 1), 60);
        assertTrue(frame.html().length() < 12_000, frame.html().length() + " characters");
        assertFalse(frame.text().contains("base64"));
    }

    /** There is room for a few letters beside the axis. */
    @Test
    void aLargeLossIsWrittenShort() {
        String svg = LiveCurves.svg(List.of(new History.Step(1, 1, 3e30, 0.5), new History.Step(2, 1, 1, 0.5)), 5);
        assertTrue(svg.contains(">3·10³⁰<"), svg);
    }

    @Test
    void aLossThatIsNoNumberLeavesAGapAndIsCounted() {
        List<History.Step> steps = new ArrayList<>();
        double[] losses = {2, 1, Double.NaN, 1, Double.POSITIVE_INFINITY};
        for (int i = 0; i < losses.length; i++) {
            steps.add(new History.Step(i + 1, 1, losses[i], 0.5));
        }
        String svg = LiveCurves.svg(steps, 5);
        assertTrue(svg.contains("2 not finite"), svg);
        assertEquals(2 + 1, svg.split("<polyline").length - 1, "two pieces of the loss, one of the accuracy: " + svg);
        assertTrue(
                svg.contains("<polyline points='96.0,20.0 152.0,72.5' "), svg); // 2 of 2 is at the top, 1 in the middle
    }

    @Test
    void withoutANotebookThereIsALineForEachEpochAndOneForTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EpochLines lines = new EpochLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        Runs.trainer(6).epochs(2).validation(Runs.noise(3)).listener(lines).train();
        String[] printed = bytes.toString(StandardCharsets.UTF_8).split("\\R");
        assertEquals(3, printed.length, bytes.toString(StandardCharsets.UTF_8));
        assertTrue(
                printed[0].matches("epoch 1 of 2: loss 1\\.\\d+, accuracy .* %, validation accuracy .* %, .* s"),
                printed[0]);
        assertTrue(printed[1].startsWith("epoch 2 of 2"), printed[1]);
        assertEquals("finished: 2 epochs, 12 steps", printed[2]);
    }

    @Test
    void aLiveTrainingOutsideANotebookPrints() {
        String printed =
                Printed.by(() -> Runs.trainer(3).listener(new LiveTraining()).train());
        assertTrue(printed.contains("finished: 1 epoch, 3 steps"));
    }

    @Test
    void aStopThatMeetsTheDisplayReachesTheTraining() {
        LiveDisplay display = new LiveDisplay(
                frame -> {
                    throw new java.lang.reflect.InvocationTargetException(
                            new IllegalStateException("Errno 4 : Interrupted function"));
                },
                () -> now);
        assertEquals("", Printed.by(() -> display.progress(Runs.news(1).get(0))));
        assertTrue(Thread.interrupted());
    }
}
