package cnnkit.data;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** How a dataset holds the values of its images, one image after another: as bytes if they came so, else as floats. */
interface Pixels {
    /** Writes the values of one image, (C, H, W) row-major, to the elements of an array from {@code at} on. */
    void copy(int image, int length, float[] into, int at);

    /** Adds the values of one image to a checksum. */
    void addTo(CRC32 sum, int image, int length);

    /** A byte stands for 0..255 and becomes 0..1. */
    record Bytes(byte[] values) implements Pixels {
        private static final float BRIGHTEST = 255;

        @Override
        public void copy(int image, int length, float[] into, int at) {
            int from = image * length;
            for (int i = 0; i < length; i++) {
                into[at + i] = (values[from + i] & 0xff) / BRIGHTEST;
            }
        }

        @Override
        public void addTo(CRC32 sum, int image, int length) {
            sum.update(values, image * length, length);
        }
    }

    /** Values of any size, handed out as they are. */
    record Floats(float[] values) implements Pixels {
        @Override
        public void copy(int image, int length, float[] into, int at) {
            System.arraycopy(values, image * length, into, at, length);
        }

        @Override
        public void addTo(CRC32 sum, int image, int length) {
            ByteBuffer bits = ByteBuffer.allocate(length * Float.BYTES);
            bits.asFloatBuffer().put(values, image * length, length);
            sum.update(bits);
        }
    }
}
