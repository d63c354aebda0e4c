package cnnkit.homework;

import cnnkit.tensor.Text;
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
    private static final int MOST = 20_000;

    private static final Map<Thread, Room> ROOM = new WeakHashMap<>();

    private Prints() {}

    /** What a thread may still print. */
    private static final class Room {
        int bytes = MOST;
        boolean heard = true;
    }

    /** The code prints without an end. */
    static final class TooMuch extends Error {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super(Text.of("it prints without an end: more than %,d characters", MOST));
        }
    }

    /**
     * From now on streams count. A thread that was left behind keeps them counting after its check; a notebook's next cell may put
     * new ones in their place, and then these are counted, too.
     */
    static Prints begin() {
        synchronized (ROOM) {
            forgetTheDead();
            if (!(System.out instanceof Asking)) {
                System.setOut(new Asking(System.out));
            }
            if (!(System.err instanceof Asking)) {
                System.setErr(new Asking(System.err));
            }
        }
        return new Prints();
    }

    /** One that has yet to start is none of them. */
    private static void forgetTheDead() {
        ROOM.keySet().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    }

    void limit(Thread thread) {
        synchronized (ROOM) {
            ROOM.put(thread, new Room());
        }
    }

    /** Of a thread that has nothing more to print. */
    void free(Thread thread) {
        synchronized (ROOM) {
            ROOM.remove(thread);
        }
    }

    void silence(Thread thread) {
        synchronized (ROOM) {
            ROOM.computeIfAbsent(thread, none -> new Room()).heard = false;
        }
    }

    /** What this thread prints from now on is counted, but not shown: it was shown once. */
    static void quietly() {
        new Prints().silence(Thread.currentThread());
    }

    /** Streams are as before, unless somebody who was left behind still prints. */
    void end() {
        synchronized (ROOM) {
            forgetTheDead();
            if (ROOM.isEmpty()) {
                if (System.out instanceof Asking counting) {
                    System.setOut(counting.before());
                }
                if (System.err instanceof Asking counting) {
                    System.setErr(counting.before());
                }
            }
        }
    }

    /** Takes from a thread's room; returns whether it is to be heard. */
    private static boolean take(int bytes) {
        synchronized (ROOM) {
            Room room = ROOM.get(Thread.currentThread());
            if (room == null) {
                return true;
            }
            room.bytes -= bytes;
            return room.heard && room.bytes > 0;
        }
    }

    /** Throws if this thread has printed all that it may. */
    private static void ask() {
        synchronized (ROOM) {
            Room room = ROOM.get(Thread.currentThread());
            if (room != null && room.bytes <= 0) {
                throw new TooMuch();
            }
        }
    }

    /** Hands on what may be printed. */
    private static final class Counted extends OutputStream {
        private final PrintStream to;

        Counted(PrintStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) {
            if (take(1)) {
                to.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (take(length)) {
                to.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            to.flush();
        }
    }

    /** Asks before it prints: an error further down would leave the encoder of letters in a state that never ends. */
    private static final class Asking extends PrintStream {
        private final PrintStream before;

        Asking(PrintStream before) {
            super(new Counted(before), true, StandardCharsets.UTF_8);
            this.before = before;
        }

        /** The stream that it stands for; all that was printed has got there. */
        PrintStream before() {
            flush();
            return before;
        }

        @Override
        public void print(boolean value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(char value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(int value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(long value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(float value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(double value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(char[] value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(String value) {
            ask();
            super.print(value);
        }

        @Override
        public void print(Object value) {
            ask();
            super.print(value);
        }

        @Override
        public void println() {
            ask();
            super.println();
        }

        @Override
        public void write(int b) {
            ask();
            super.write(b);
        }
    }
}
