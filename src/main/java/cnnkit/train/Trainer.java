package cnnkit.train;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.io.AtomicFile;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.Progress.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Teaches a network: in every epoch all images once, in a new order, a batch at a time, each batch followed by one update
 * of the parameters.
 * <pre>
 *     var trainer = new Trainer(network, mnist.train()).epochs(3).seed(1);
 *     History history = trainer.train();
 * </pre>
 * The same network, data, settings and seed give the same parameters, to the bit. An interrupt (the stop button of a
 * notebook) ends training between two steps: {@code train} returns the history so far, the network can be used, and
 * {@link #resume()} goes on as if nothing had happened.
 *
 * <p>A run that shall outlive its JVM is kept in a file. One line begins it, and goes on with it after whatever has ended it:
 * <pre>
 *     History history = new Trainer(network, mnist.train()).epochs(20).resume(Path.of("run.npz"));
 * </pre>
 */
public final class Trainer {
    private final Network network;
    private final Dataset images;
    private Dataset validation;
    private Augmentation augmentation = Augmentation.none();
    private Optimizer optimizer = new Adam();
    private int batchSize = 100;
    private int epochs = 1;
    private long seed = 1;
    private Progress.Listener listener = (Progress.Display) progress -> {};
    private Path checkpoint; // where to; null for nowhere

    private final SoftmaxWithLoss lossLayer = new SoftmaxWithLoss();
    private final History history = new History();
    private int step; // steps made
    private double epochLoss; // of the images of the epoch so far
    private int epochRight;
    private long epochNanos;
    private int[] order; // of the images ...
    private int orderEpoch; // ... in this epoch
    private Tensor batchImages; // (N, C, H, W)
    private DivergedException diverged; // why the state is so
    private boolean started;
    private boolean finiteAtFirst; // the weights, when it started
    private boolean unsaved; // something has happened since the latest checkpoint

    /**
     * A trainer with the book's settings: Adam with learning rate 0.001, batches of 100 images; 1 epoch, seed 1.
     *
     * @param network the network to teach
     * @param images what to learn from
     * @throws IllegalArgumentException if there are no images, or one of a class that the network does not score
     * @throws cnnkit.tensor.ShapeException if the images do not have the input shape of the network
     */
    public Trainer(Network network, Dataset images) {
        this.network = Objects.requireNonNull(network, "network");
        this.images = Objects.requireNonNull(images, "images");
        if (images.size() == 0) {
            throw new IllegalArgumentException(
                    Text.error("Trainer: there is no image to learn from: the dataset is empty"));
        }
        requireShape(images);
        int largest = Arrays.stream(images.labels()).max().orElse(0);
        if (largest >= network.classes()) {
            throw new IllegalArgumentException(Text.error(
                    "Trainer: the network scores %d classes, 0 to %d, but an image has the label %d",
                    network.classes(), network.classes() - 1, largest));
        }
    }

    /**
     * Images to measure accuracy on after each epoch; training does not use them.
     *
     * @param held images that are not among those to learn from
     * @return this trainer
     * @throws IllegalStateException if training has started already
     */
    public Trainer validation(Dataset held) {
        Objects.requireNonNull(held, "held");
        requireNotStarted("images for validation");
        if (held.size() == 0) {
            throw new IllegalArgumentException(
                    Text.error("Trainer: there is no image to validate on: the dataset is empty"));
        }
        if (held.classes() != images.classes()) {
            throw new IllegalArgumentException(Text.error(
                    "Trainer: the training images have %d classes but those for validation %d",
                    images.classes(), held.classes()));
        }
        requireShape(held);
        if (held.classes() != network.classes()) {
            throw new IllegalArgumentException(Text.error(
                    "Trainer: the network scores %d classes but the dataset has %d",
                    network.classes(), held.classes()));
        }
        validation = held;
        return this;
    }

    /**
     * How images are moved at random before they are learned from; not at all unless changed. The loss and the accuracy of
     * a step are those of the moved images; images for validation are never moved.
     *
     * @param newAugmentation shifts, rotations and changes of size, which depend on the seed, the epoch and the image
     * @return this trainer
     */
    public Trainer augmentation(Augmentation newAugmentation) {
        requireNotStarted("augmentation");
        augmentation = Objects.requireNonNull(newAugmentation, "augmentation");
        return this;
    }

    /**
     * How parameters are updated; Adam with learning rate 0.001 unless changed.
     *
     * @param newOptimizer not used for another network
     * @return this trainer
     */
    public Trainer optimizer(Optimizer newOptimizer) {
        requireNotStarted("optimizer");
        optimizer = Objects.requireNonNull(newOptimizer, "optimizer");
        return this;
    }

    /**
     * Images per step; 100 unless changed. The last batch of an epoch may be smaller.
     *
     * @param size from 1
     * @return this trainer
     */
    public Trainer batchSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    Text.error("Trainer: a batch needs at least one image but got batch size %s", size));
        }
        requireNotStarted("batch size");
        batchSize = size;
        return this;
    }

    /**
     * How often every image is used; 1 unless changed. May be raised later, to go on with {@link #resume()}.
     *
     * @param count from 1
     * @return this trainer
     */
    public Trainer epochs(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(Text.error("Trainer: expected at least one epoch but got %s", count));
        }
        epochs = count;
        return this;
    }

    /**
     * Decides the order of the images, how they are moved, and what layers such as Dropout draw at random; 1 unless
     * changed.
     *
     * @param newSeed any number
     * @return this trainer
     */
    public Trainer seed(long newSeed) {
        requireNotStarted("seed");
        seed = newSeed;
        return this;
    }

    /**
     * Keeps the run in a file, which is written, whole or not at all, after every epoch and when training is interrupted:
     * whatever ends the JVM, at most the epoch it was in is lost. {@link #resume(Path)} goes on from it.
     *
     * @param file where to; one that is there is replaced
     * @return this trainer
     */
    public Trainer checkpoint(Path file) {
        checkpoint = Objects.requireNonNull(file, "file");
        unsaved = step > 0; // not in this file
        return this;
    }

    /**
     * Who wants to see the progress, for example a live display.
     *
     * @param newListener called after every step and at the end
     * @return this trainer
     */
    public Trainer listener(Progress.Listener newListener) {
        listener = Objects.requireNonNull(newListener, "listener");
        return this;
    }

    /** A run is one network, one order of images, one way of learning; else no file could go on with it. */
    private void requireNotStarted(String what) {
        if (started) {
            throw new IllegalStateException(
                    Text.error("Trainer: the %s cannot change once training has started", what));
        }
    }

    /**
     * Trains all epochs.
     *
     * @return the history, complete unless an interrupt ended training early
     * @throws DivergedException if the loss or a weight becomes NaN or infinite; {@link #history()} has all steps before
     * @throws IllegalStateException if training has started already
     * @throws UncheckedIOException if a checkpoint cannot be written; {@link #resume()} goes on
     */
    public History train() {
        if (started) {
            throw new IllegalStateException(Text.error(
                    "Trainer: this training has started already, at step %,d: resume() goes on, a new Trainer starts afresh",
                    step));
        }
        return resume();
    }

    /**
     * Trains from where a checkpoint ends, or from the beginning if there is no such file yet, and keeps the run in this
     * file as {@link #checkpoint} does. It ends with the parameters and the history of a run that was never stopped, to the
     * bit; only the seconds differ.
     *
     * @param file of a trainer with the same network, images, validation, optimizer, batch size and seed; it may have
     *     been made for fewer epochs
     * @return the history from the first step on
     * @throws IOException if the file cannot be read, is damaged, or is a checkpoint of another version
     * @throws IllegalArgumentException if it is a checkpoint of another run, naming what differs, or has more steps than the
     *     epochs; nothing is changed
     * @throws IllegalStateException if training has started already
     * @throws DivergedException if the loss or a weight becomes NaN or infinite
     * @throws UncheckedIOException if a checkpoint cannot be written; {@link #resume()} goes on
     */
    public History resume(Path file) throws IOException {
        if (started) {
            throw new IllegalStateException(Text.error(
                    "Trainer: this training has started already, at step %,d: resume() goes on, a new Trainer goes on from a file",
                    step));
        }
        AtomicFile.deleteLeftovers(Objects.requireNonNull(file, "file"));
        if (!Files.notExists(file)) { // also where nobody can tell: it must not be taken for a new run
            restore(file);
        }
        checkpoint = file;
        return resume();
    }

    /**
     * Goes on after an interrupt, or after {@link #epochs} was raised. When nothing is left to do, nothing happens.
     *
     * @return the history from the first step on
     * @throws IllegalArgumentException if more steps are made already than the epochs have
     * @throws DivergedException if the loss or a weight becomes NaN or infinite
     * @throws UncheckedIOException if a checkpoint cannot be written
     */
    public History resume() {
        requireStepsFor(step);
        Optional<String> recording = started ? Optional.empty() : recording();
        finiteAtFirst = started ? finiteAtFirst : hasFiniteWeights();
        started = true;
        Clock clock = new Clock();
        Pass pass = network.pass();
        State state = State.RUNNING;
        while (state == State.RUNNING) {
            boolean epochEnds = epochIsComplete() && history.epochs().size() < step / stepsPerEpoch();
            if (epochEnds) {
                state = finishEpoch();
            } else if (step >= steps()) {
                state = State.FINISHED;
            } else if (Thread.interrupted()) {
                state = weightsAreBroken() ? State.DIVERGED : State.INTERRUPTED;
            } else {
                state = makeStep(pass, clock);
            }
            if (epochEnds && state != State.DIVERGED || state == State.INTERRUPTED || state == State.FINISHED) {
                save();
            }
            if (state == State.FINISHED) {
                recording.flatMap(Recordings::recorded).ifPresent(this::write);
            }
            listener.progress(progress(state, clock));
        }
        if (state == State.FINISHED) {
            Thread.interrupted(); // came too late to stop anything; must not stop the next cell
        }
        if (state == State.DIVERGED) {
            throw diverged;
        }
        return history;
    }

    /** One batch forward and backward and one update. An interrupt is heeded before or after it, never in between. */
    private State makeStep(Pass pass, Clock clock) {
        long begin = System.nanoTime();
        int[] order = order(epochOf(step));
        int from = step % stepsPerEpoch() * batchSize;
        int[] batch = Arrays.copyOfRange(order, from, from + Math.min(batchSize, order.length - from));
        int[] labels = images.labels(batch);

        Tensor scores = pass.forwardInTraining(batchOf(batch), seed, step + 1); // (N, K)
        double loss = lossLayer.forward(scores, labels);
        if (!Double.isFinite(loss)) {
            diverged = new DivergedException(Text.error(
                    "the loss is not a finite number at step %,d of epoch %d: the weights have grown without bound. Use a smaller learning rate, or look for broken input. The %,d steps before are in history()",
                    step + 1, epochOf(step), history.steps().size()));
            return State.DIVERGED;
        }
        pass.parameterGradients(lossLayer.backward());
        optimizer.update(network.parameters().values());

        int right = Evaluation.right(scores, labels);
        history.add(new History.Step(step + 1, epochOf(step), loss, (double) right / batch.length));
        step++;
        unsaved = true;
        epochLoss += loss * batch.length;
        epochRight += right;
        epochNanos += System.nanoTime() - begin;
        clock.images += batch.length;
        return State.RUNNING;
    }

    /** The images of a step, in a tensor that is filled again as long as batches have one size. */
    private Tensor batchOf(int[] indices) {
        if (batchImages == null || batchImages.size(0) != indices.length) {
            batchImages = augmentation.images(images, indices, seed, epochOf(step));
        } else {
            augmentation.images(images, indices, seed, epochOf(step), batchImages);
        }
        return batchImages;
    }

    private State finishEpoch() {
        if (weightsAreBroken()) {
            return State.DIVERGED;
        }
        double accuracy = Double.NaN;
        if (validation != null) {
            try {
                accuracy = Evaluation.of(network, validation).accuracy();
            } catch (InterruptedWorkException e) {
                return State.INTERRUPTED; // resume() measures again
            } catch (DivergedException e) {
                diverged = e;
                return State.DIVERGED;
            }
        }
        history.add(new History.Epoch(
                step / stepsPerEpoch(),
                epochLoss / images.size(),
                (double) epochRight / images.size(),
                accuracy,
                epochNanos / 1e9));
        epochLoss = 0;
        epochRight = 0;
        epochNanos = 0;
        unsaved = true;
        return State.RUNNING;
    }

    /**
     * Asked before weights are kept, or measured: the loss of a step is that of the weights before its update. Who has put an
     * infinity there beforehand, to rule a class out, knows what it does.
     */
    private boolean weightsAreBroken() {
        if (finiteAtFirst && !hasFiniteWeights()) {
            diverged = new DivergedException(Text.error(
                    "after step %,d not all weights are finite numbers: they have grown without bound. Use a smaller learning rate, or look for broken input. All steps are in history()",
                    step));
            return true;
        }
        return false;
    }

    private boolean hasFiniteWeights() {
        return network.parameters().values().stream().allMatch(parameter -> Evaluation.isFinite(parameter.value()));
    }

    /** The name of this run among recordings, where they are wanted and nobody looks at the steps; here it may end at once. */
    private Optional<String> recording() {
        if (!Recordings.wanted() || step > 0 || checkpoint != null || !(listener instanceof Progress.Display)) {
            return Optional.empty();
        }
        String name = Recordings.name(moment(), epochs);
        Recordings.replayed(name).ifPresent(file -> {
            try {
                restore(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Optional.of(name);
    }

    private void save() {
        if (checkpoint == null || !unsaved) {
            return;
        }
        write(checkpoint);
        unsaved = false;
    }

    private void write(Path file) {
        try {
            moment().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    Text.error(
                            "%s: the checkpoint could not be written after step %,d: %s. Training has stopped; resume() tries again and goes on",
                            file, step, e.getMessage()),
                    e);
        }
    }

    /** Takes over a checkpoint, or nothing at all. */
    private void restore(Path file) throws IOException {
        Checkpoint saved = Checkpoint.read(file);
        saved.requireSameRun(moment(), file);
        requireStepsFor(saved.position().step());
        saved.restore(network.parameters(), optimizer);
        saved.restore(history);
        Checkpoint.Position position = saved.position();
        step = position.step();
        epochLoss = position.epochLoss();
        epochRight = position.epochRight();
        epochNanos = position.epochNanos();
    }

    private Checkpoint moment() {
        return Checkpoint.of(
                RunSettings.of(network, images, augmentation, validation, optimizer, batchSize, seed),
                new Checkpoint.Position(step, epochLoss, epochRight, epochNanos),
                history,
                network.parameters(),
                optimizer);
    }

    private int[] order(int epoch) {
        if (orderEpoch != epoch) {
            order = images.order(seed, epoch);
            orderEpoch = epoch;
        }
        return order;
    }

    private int stepsPerEpoch() {
        return (images.size() - 1) / batchSize + 1;
    }

    /** In all epochs. */
    private int steps() {
        if ((long) epochs * stepsPerEpoch() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(Text.error(
                    "Trainer: %,d epochs of %,d steps are more than can be counted: ask for fewer epochs",
                    epochs, stepsPerEpoch()));
        }
        return epochs * stepsPerEpoch();
    }

    /** The network takes such images. */
    private void requireShape(Dataset some) {
        int[] taken = network.inputShape(), shape = some.imageShape();
        boolean flattened = taken.length != shape.length && Shapes.length(taken) == Shapes.length(shape);
        if (!Arrays.equals(taken, shape) && !flattened) {
            throw new ShapeException(Text.error(
                    "Trainer: expected images %s, as the network takes them, but got %s",
                    Shapes.text(taken), Shapes.text(shape)));
        }
    }

    /** What is made already cannot be taken back: its weights would not be those of fewer epochs. */
    private void requireStepsFor(int made) {
        if (made > steps()) {
            throw new IllegalArgumentException(Text.error(
                    "Trainer: %,d steps are made already, but %d epochs end after %,d: ask for at least %d epochs, or begin anew",
                    made, epochs, steps(), epochOf(made - 1)));
        }
    }

    /** The epoch of the step after the given number of steps, from 1. */
    private int epochOf(int stepsMade) {
        return stepsMade / stepsPerEpoch() + 1;
    }

    private boolean epochIsComplete() {
        return step > 0 && step % stepsPerEpoch() == 0;
    }

    private Progress progress(State state, Clock clock) {
        double speed = clock.imagesPerSecond();
        double left = speed > 0 ? imagesLeft() / speed : Double.NaN;
        int epoch = step == 0 ? 1 : epochOf(step - 1);
        return new Progress(state, epoch, epochs, step, steps(), speed, left, history);
    }

    private double imagesLeft() {
        double inThisEpoch = Math.min((double) (step % stepsPerEpoch()) * batchSize, images.size());
        return ((double) epochs - step / stepsPerEpoch()) * images.size() - inThisEpoch;
    }

    /** Speed since the current call began. */
    private static final class Clock {
        private final long begin = System.nanoTime();
        private long images;

        double imagesPerSecond() {
            return images / Math.max(1e-9, (System.nanoTime() - begin) / 1e9);
        }
    }

    /**
     * Everything measured so far, also after an interrupt or an error.
     *
     * @return the history, which grows while training runs
     */
    public History history() {
        return history;
    }
}
