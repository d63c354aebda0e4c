package cnnkit.homework;

import static cnnkit.homework.Mistake.TOO_SLOW;

import cnnkit.im2col.Im2col;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Code that does not come back, or too late; the limit should be short. */
final class WrongAndEndless {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongAndEndless all = new WrongAndEndless();
        all.endless();
        all.endlessInPlaces();
        all.waiting();
        all.slow();
        return all.versions;
    }

    private void add(Mistake mistake, String style, Supplier<Report> check) {
        versions.add(Version.of(mistake, "behaviour", style, check));
    }

    private void im2col(Mistake mistake, String style, Unfolding yours) {
        add(mistake, style, () -> Check.im2col(yours));
    }

    private static volatile int checks;

    /** The check is over: whatever is still running ends, so that it does not slow down other tests. */
    static void over() {
        checks++;
    }

    private static int depth(int n) {
        return depth(n + 1) + 1;
    }

    private void endless() {
        im2col(TOO_SLOW, "while (true)", (x, window) -> {
            int mine = checks;
            for (int i = 0; mine == checks; i = (i + 1) % 7) {
                x.get(0, 0, 0, 0);
            }
            return x;
        });
        im2col(TOO_SLOW, "swallows interruptions", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    Thread.interrupted();
                }
            }
            return x;
        });
        im2col(TOO_SLOW, "swallows everything", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                try {
                    throw new IllegalStateException(Arrays.toString(x.shape()));
                } catch (Throwable e) {
                    x.copy();
                }
            }
            return x;
        });
        im2col(TOO_SLOW, "goes on in its own finally", (x, window) -> {
            int i = 1, mine = checks;
            try {
                return Im2col.im2col(x, window);
            } finally {
                while (i > 0 && mine == checks) {
                    i = i % 5 + 1;
                }
            }
        });
        im2col(TOO_SLOW, "endless print", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                System.out.printf("%s %s%n", window, x);
            }
            return x;
        });
        im2col(TOO_SLOW, "endless print of errors", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                System.err.println("again");
            }
            return x;
        });
        im2col(TOO_SLOW, "an endless parallel stream", (x, window) -> {
            int mine = checks;
            double sum = IntStream.iterate(1, i -> mine == checks, i -> i % 9 + 1)
                    .parallel()
                    .mapToDouble(i -> x.data()[0] * i)
                    .sum();
            return Tensor.filled((float) sum, 1);
        });
        im2col(TOO_SLOW, "a stack that overflows again and again", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                try {
                    depth(0);
                } catch (StackOverflowError e) {
                    x.copy();
                }
            }
            return x;
        });
    }

    private void endlessInPlaces() {
        im2col(TOO_SLOW, "endless for rectangles", (x, window) -> {
            int rest = x.size(3), mine = checks;
            while (rest != x.size(2) && mine == checks) {
                rest = rest % 100 + 100;
            }
            return Im2col.im2col(x, window);
        });
        add(
                TOO_SLOW,
                "outputSize by counting up",
                () -> Check.outputSize((size, kernel, stride, padding) -> {
                    int positions = 1, end = kernel, mine = checks;
                    while (end != size + 2 * padding && mine == checks) {
                        end = (end + stride) % 1_000_000;
                        positions++;
                    }
                    return stride == 1 ? positions : positions + (end + stride) % 1;
                }));
        add(
                TOO_SLOW,
                "backward without an end",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        int i = 0, mine = checks;
                        while (i < dout.length() && mine == checks) {
                            i = i == 0 ? 0 : i + 1;
                        }
                        return dout;
                    }
                }));
        add(
                TOO_SLOW,
                "made without an end",
                () -> Check.affine((W, b) -> {
                    int mine = checks;
                    while (W.length() > 0 && mine == checks) {
                        b.copy();
                    }
                    return null;
                }));
        add(
                TOO_SLOW,
                "a gradient that is looked for without an end",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        return right.forward(scores, labels);
                    }

                    @Override
                    public Tensor backward() {
                        Tensor dscores = right.backward();
                        int mine = checks;
                        while (dscores.sum() < 1 && mine == checks) {
                            dscores = dscores.copy();
                        }
                        return dscores;
                    }
                }));
        add(
                TOO_SLOW,
                "dropout until enough are dropped",
                () -> Check.dropout(ratio -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return x;
                    }

                    @Override
                    public Tensor forwardInTraining(Tensor x, long seed) {
                        int dropped = 0, mine = checks;
                        while (dropped < x.length() * 2 && mine == checks) {
                            dropped = (dropped + 1) % x.length();
                        }
                        return x;
                    }
                }));
    }

    private void waiting() {
        im2col(TOO_SLOW, "waits for a lock", (x, window) -> {
            Object lock = new Object();
            synchronized (lock) {
                lock.wait();
            }
            return x;
        });
        im2col(TOO_SLOW, "parks", (x, window) -> {
            int mine = checks;
            while (mine == checks) {
                LockSupport.parkNanos(x, 100_000_000);
            }
            return x;
        });
        im2col(TOO_SLOW, "waits for itself", (x, window) -> {
            ReentrantLock lock = new ReentrantLock();
            Thread other = new Thread(lock::lock);
            other.setDaemon(true);
            other.start();
            other.join();
            lock.lock();
            return x;
        });
        im2col(TOO_SLOW, "joins what never ends", (x, window) -> new CompletableFuture<Tensor>().join());
        im2col(TOO_SLOW, "reads what nobody types", (x, window) -> {
            int key = System.in.read(), mine = checks;
            while (key != 'q' && mine == checks) {
                key = System.in.read();
            }
            return x;
        });
    }

    private void slow() {
        im2col(TOO_SLOW, "sleeps over the limit", (x, window) -> {
            Thread.sleep(3_000);
            return Im2col.im2col(x, window);
        });
        im2col(TOO_SLOW, "sleeps over the limit and is not to be woken", (x, window) -> {
            long end = System.nanoTime() + 3_000_000_000L;
            while (System.nanoTime() < end) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    x.copy();
                }
            }
            return Im2col.im2col(x, window);
        });
        im2col(TOO_SLOW, "sleeps a little in each call", (x, window) -> {
            Thread.sleep(100);
            return Im2col.im2col(x, window);
        });
    }
}
