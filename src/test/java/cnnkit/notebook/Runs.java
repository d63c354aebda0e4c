package cnnkit.notebook;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.train.Progress;
import cnnkit.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Training runs on noise, small enough for a test. */
final class Runs {
    private Runs() {}

    static Network network() {
        return SimpleConvNet.builder()
                .input(1, 4, 4)
                .filters(2)
                .convolution(Window.of(3))
                .hidden(4)
                .classes(3)
                .build(1);
    }

    static Dataset noise(int images) {
        byte[] pixels = new byte[images * 16];
        new Random(1).nextBytes(pixels);
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            labels[i] = i % 3;
        }
        return Dataset.of(pixels, labels, 3, 1, 4, 4);
    }

    static Trainer trainer(int images) {
        return new Trainer(network(), noise(images)).batchSize(1);
    }

    /** All news of a run of one epoch, one step per image. */
    static List<Progress> news(int images) {
        List<Progress> news = new ArrayList<>();
        trainer(images).listener(news::add).train();
        return news;
    }

    /** The same news with another state. */
    static Progress with(Progress.State state, Progress progress) {
        return new Progress(
                state,
                progress.epoch(),
                progress.epochs(),
                progress.step(),
                progress.steps(),
                progress.imagesPerSecond(),
                progress.secondsLeft(),
                progress.history());
    }
}
