package cnnkit.data;

/** How a dataset holds the values of its images, one image after another: as bytes if they came so, else as floats. */
interface Pixels {
    /** Writes the values of one image, (C, H, W) row-major, to the elements of an array from {@code at} on. */
    void copy(int image, int length, float[] into, int at);

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
    }

    /** Values of any size, handed out as they are. */
    record Floats(float[] values) implements Pixels {
        @Override
        public void copy(int image, int length, float[] into, int at) {
            System.arraycopy(values, image * length, into, at, length);
        }
    }
}
