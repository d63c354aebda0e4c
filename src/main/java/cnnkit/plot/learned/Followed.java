package cnnkit.plot.learned;

import cnnkit.tensor.Tensor;

/**
 * One filter at one place, on its way through a network.
 *
 * @param walk what the network has computed
 * @param filter from 0 to FN-1
 * @param row of the followed window among the OH ...
 * @param column ... and OW places where it stands
 */
record Followed(Walkthrough walk, int filter, int row, int column) {
    /** Its cell of the feature map. */
    float sum() {
        return walk.maps.get(filter, row, column);
    }

    /** The row of im2col that holds the window. */
    int colRow() {
        return row * walk.maps.size(2) + column;
    }

    /** The first pixel row under the window; negative where it begins in the padding. */
    int top() {
        return walk.window.top(row);
    }

    int left() {
        return walk.window.left(column);
    }

    /** The window, (FH, FW), with the zeros of its padding. */
    Tensor pixels() {
        return walk.col.slice(colRow()).reshape(walk.window.kernelHeight(), walk.window.kernelWidth());
    }

    /** Pixel times weight, (FH, FW). */
    Tensor products() {
        Tensor products = pixels().copy();
        Tensor weights = walk.filters.slice(filter);
        for (int i = 0; i < products.length(); i++) {
            products.data()[i] *= weights.data()[i];
        }
        return products;
    }

    /** The pooled cell that the value may go into: of overlapping windows the last that is there. */
    int pooledRow() {
        int behind = (row + walk.poolingWindow.paddingHeight()) / walk.poolingWindow.strideHeight();
        return Math.min(behind, walk.pooled.size(1) - 1);
    }

    int pooledColumn() {
        int behind = (column + walk.poolingWindow.paddingWidth()) / walk.poolingWindow.strideWidth();
        return Math.min(behind, walk.pooled.size(2) - 1);
    }

    float pooled() {
        return walk.pooled.get(filter, pooledRow(), pooledColumn());
    }

    /** Where the pooled cell lies among the numbers that reach the first Affine layer. */
    int flatIndex() {
        return (filter * walk.pooled.size(1) + pooledRow()) * walk.pooled.size(2) + pooledColumn();
    }
}
