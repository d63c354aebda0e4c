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

    /** Other pixels, moved within each channel: the pixel at {@code i} is the one that was at {@code order[i]}. */
    record Permuted(Pixels pixels, int[] order) implements Pixels {
        @Override
        public void copy(int image, int length, float[] into, int at) {
            float[] before = new float[length];
            pixels.copy(image, length, before, 0);
            for (int channel = 0; channel < length; channel += order.length) {
                for (int i = 0; i < order.length; i++) {
                    into[at + channel + i] = before[channel + order[i]];
                }
            }
        }

        @Override
        public void addTo(CRC32 sum, int image, int length) {
            float[] values = new float[length];
            copy(image, length, values, 0);
            new Floats(values).addTo(sum, 0, length);
        }
    }
}
