package cnnkit.io;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The types of numbers that are read and written, each with NumPy's name for it and the Java array that holds it. */
enum NpyType {
    FLOAT32("f4", "f", Float.BYTES) {
        @Override
        Object array(int length) {
            return new float[length];
        }

        @Override
        void get(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asFloatBuffer().get((float[]) values, at, count);
        }

        @Override
        void put(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asFloatBuffer().put((float[]) values, at, count);
        }
    },
    FLOAT64("f8", "d", Double.BYTES) {
        @Override
        Object array(int length) {
            return new double[length];
        }

        @Override
        void get(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asDoubleBuffer().get((double[]) values, at, count);
        }

        @Override
        void put(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asDoubleBuffer().put((double[]) values, at, count);
        }
    },
    UINT8("u1", "B", Byte.BYTES) {
        @Override
        Object array(int length) {
            return new byte[length];
        }

        @Override
        void get(ByteBuffer bytes, Object values, int at, int count) {
            bytes.get((byte[]) values, at, count);
        }

        @Override
        void put(ByteBuffer bytes, Object values, int at, int count) {
            bytes.put((byte[]) values, at, count);
        }
    },
    INT32("i4", "i", Integer.BYTES) {
        @Override
        Object array(int length) {
            return new int[length];
        }

        @Override
        void get(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asIntBuffer().get((int[]) values, at, count);
        }

        @Override
        void put(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asIntBuffer().put((int[]) values, at, count);
        }
    },
    INT64("i8", "q", Long.BYTES) {
        @Override
        Object array(int length) {
            return new long[length];
        }

        @Override
        void get(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asLongBuffer().get((long[]) values, at, count);
        }

        @Override
        void put(ByteBuffer bytes, Object values, int at, int count) {
            bytes.asLongBuffer().put((long[]) values, at, count);
        }
    };

    private final String code;
    private final String letter;
    private final int bytes;

    NpyType(String code, String letter, int bytes) {
        this.code = code;
        this.letter = letter;
        this.bytes = bytes;
    }

    /**
     * The type that NumPy's {@code dtype} takes a text for: {@code <f4}, {@code f4}, {@code float32} or {@code f} are
     * one; null if it is none that is read here.
     */
    static NpyType named(String dtype) {
        String code = dtype.replaceAll("^[<>=|]", "");
        for (NpyType type : values()) {
            if (code.equals(type.code) || code.equals(type.letter) || dtype.equals(type.toString())) {
                return type;
            }
        }
        return null;
    }

    /** NumPy's two letters, without the byte order. */
    String code() {
        return code;
    }

    /** Bytes that one value takes in a file. */
    int bytes() {
        return bytes;
    }

    /** A new Java array for so many values. */
    abstract Object array(int length);

    /** Moves values from the beginning of the bytes, in their byte order, into such an array. */
    abstract void get(ByteBuffer bytes, Object values, int at, int count);

    /** Moves values from such an array to the beginning of the bytes. */
    abstract void put(ByteBuffer bytes, Object values, int at, int count);

    /** As NumPy prints it: float32. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
