package cnnkit.inspect;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;

/**
 * A rectangle of pixels in an image. It may reach beyond the image, as a window over padding does.
 *
 * @param top its first row; negative above the image
 * @param left its first column; negative to the left of the image
 * @param height rows, from 1
 * @param width columns, from 1
 */
public record Region(int top, int left, int height, int width) {

    /**
     * The part that lies in an image.
     *
     * @param imageHeight H, in pixels
     * @param imageWidth W, in pixels
     * @return a smaller rectangle, or this one
     * @throws IndexOutOfBoundsException if no pixel of it lies in the image
     */
    public Region inside(int imageHeight, int imageWidth) {
        int firstRow = Math.max(top, 0), lastRow = Math.min(top + height, imageHeight);
        int firstColumn = Math.max(left, 0), lastColumn = Math.min(left + width, imageWidth);
        if (firstRow >= lastRow || firstColumn >= lastColumn) {
            throw new IndexOutOfBoundsException(
                    Text.error("%s lies outside an image of %d x %d", this, imageHeight, imageWidth));
        }
        return new Region(firstRow, firstColumn, lastRow - firstRow, lastColumn - firstColumn);
    }

    /** Whether there is a pixel in both. */
    boolean meets(Region other) {
        return top < other.top + other.height
                && other.top < top + height
                && left < other.left + other.width
                && other.left < left + width;
    }

    /**
     * Cuts these pixels out of an image.
     *
     * @param image (C, H, W)
     * @return a copy, (C, height, width); 0, as padding is, where the rectangle reaches beyond the image
     * @throws cnnkit.tensor.ShapeException if the image has another rank
     */
    public Tensor of(Tensor image) {
        Shapes.expect("Region", "image", image, "C", "H", "W");
        Tensor part = Tensor.zeros(image.size(0), height, width);
        for (int c = 0; c < image.size(0); c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int row = top + y, column = left + x;
                    if (row >= 0 && row < image.size(1) && column >= 0 && column < image.size(2)) {
                        part.set(image.get(c, row, column), c, y, x);
                    }
                }
            }
        }
        return part;
    }

    /**
     * In words.
     *
     * @return for example {@code rows 3 to 7, columns 10 to 14}
     */
    @Override
    public String toString() {
        return Text.of("rows %d to %d, columns %d to %d", top, top + height - 1, left, left + width - 1);
    }
}
