package cnnkit.homework;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What code of others may print: as much as a person reads. Beyond that it gets an error, and a thread that has been left
 * behind is not heard any more.
 */
final class Prints {
    /** Bytes that one check may print. */
    private static final int MOST = 100_000;

    private static final Map<Thread, Integer> ROOM = new WeakHashMap<>(); // bytes that a thread may still print
    private static PrintStream out, err; // those before; null: nothing is limited

    private Prints() {}

    /** The code prints without an end. */
    static final class TooMuch extends Error {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super(Text.of("it prints without an end: more than %,d characters", MOST));
        }
    }

    /** From now on streams count. */
    static Prints begin() {
        synchronized (ROOM) {
            if (out == null) {
                out = System.out;
                err = System.err;
                System.setOut(limited(out));
                System.setErr(limited(err));
            }
        }
        return new Prints();
    }

    private static PrintStream limited(PrintStream to) {
        return new PrintStream(new Limited(to), true, StandardCharsets.UTF_8);
    }

    void limit(Thread thread) {
        synchronized (ROOM) {
            ROOM.put(thread, MOST);
        }
    }

    void silence(Thread thread) {
        synchronized (ROOM) {
            ROOM.put(thread, -1);
        }
    }

    /** Whether what this thread prints is thrown away, until {@link #aloud}. */
    static void quietly(boolean quiet) {
        synchronized (ROOM) {
            ROOM.computeIfPresent(Thread.currentThread(), (thread, room) -> quiet ? -1 : MOST);
        }
    }

    /** Streams are as before, unless somebody who was left behind still prints. */
    void end() {
        synchronized (ROOM) {
            ROOM.keySet().removeIf(thread -> !thread.isAlive());
            if (ROOM.isEmpty() && out != null) {
                System.out.flush();
                System.err.flush();
                System.setOut(out);
                System.setErr(err);
                out = null;
                err = null;
            }
        }
    }

    /** Takes from a thread's room; returns whether it may print so much. */
    private static boolean take(int bytes) {
        synchronized (ROOM) {
            Integer room = ROOM.get(Thread.currentThread());
            if (room == null) {
                return true;
            }
            if (room < 0) {
                return false;
            }
            if (bytes > room) {
                throw new TooMuch();
            }
            ROOM.put(Thread.currentThread(), room - bytes);
            return true;
        }
    }

    /** Hands on what may be printed. */
    private static final class Limited extends OutputStream {
        private final PrintStream to;

        Limited(PrintStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) {
            if (take(1)) {
                to.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (take(length)) {
                to.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            to.flush();
        }
    }
}
