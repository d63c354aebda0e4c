package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.List;

/**
 * A convolution layer plane by plane: one channel and one kernel at a time, as arrays of rows. Its gradients are fields dW
 * and db beside the parameters, which are not given to anyone.
 */
class PlaneConvolution extends OwnConvolution {
    Tensor dW;
    Tensor db;

    PlaneConvolution(Tensor W, Tensor b, Window window) {
        super(W, b, window);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    /** A copy as rows. */
    static double[][] plane(Tensor tensor, int first, int second) {
        double[][] plane = new double[tensor.size(2)][tensor.size(3)];
        for (int y = 0; y < plane.length; y++) {
            for (int w = 0; w < plane[y].length; w++) {
                plane[y][w] = tensor.get(first, second, y, w);
            }
        }
        return plane;
    }

    static void store(double[][] plane, Tensor tensor, int first, int second) {
        for (int y = 0; y < plane.length; y++) {
            for (int w = 0; w < plane[y].length; w++) {
                tensor.set((float) plane[y][w], first, second, y, w);
            }
        }
    }

    double[][] padded(double[][] plane) {
        double[][] wide = new double[plane.length + 2 * s.PH][plane[0].length + 2 * s.PW];
        for (int y = 0; y < plane.length; y++) {
            System.arraycopy(plane[y], 0, wide[y + s.PH], s.PW, plane[y].length);
        }
        return wide;
    }

    double[][] cut(double[][] wide) {
        double[][] plane = new double[s.H][s.W];
        for (int y = 0; y < s.H; y++) {
            System.arraycopy(wide[y + s.PH], s.PW, plane[y], 0, s.W);
        }
        return plane;
    }

    double[][] kernel(int f, int c) {
        return plane(W, f, c);
    }

    double[][] channel(int n, int c) {
        return padded(plane(x, n, c));
    }

    /** The sum of a kernel's products at one position. */
    double under(double[][] kernel, double[][] image, int top, int left) {
        double sum = 0;
        for (int ky = 0; ky < kernel.length; ky++) {
            for (int kx = 0; kx < kernel[0].length; kx++) {
                sum += kernel[ky][kx] * image[top + ky][left + kx];
            }
        }
        return sum;
    }

    double sum(double[] overChannels) {
        double sum = 0;
        for (double each : overChannels) {
            sum += each;
        }
        return sum;
    }

    double biasAt(int f, int oy, int ox) {
        return b.get(f);
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
        for (int n = 0; n < s.N; n++) {
            double[][][] channels = new double[s.C][][], kernels = new double[s.C][][];
            for (int c = 0; c < s.C; c++) {
                channels[c] = channel(n, c);
            }
            for (int f = 0; f < filters(); f++) {
                double[][] map = new double[s.OH][s.OW];
                for (int c = 0; c < s.C; c++) {
                    kernels[c] = kernel(f, c);
                }
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        double[] overChannels = new double[s.C];
                        for (int c = 0; c < s.C; c++) {
                            overChannels[c] = under(kernels[c], channels[c], oy * s.SH, ox * s.SW);
                        }
                        map[oy][ox] = sum(overChannels) + biasAt(f, oy, ox);
                    }
                }
                store(map, out, n, f);
            }
        }
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        dW = Tensor.zeros(W.shape());
        db = Tensor.zeros(filters());
        Tensor dx = Tensor.zeros(x.shape());
        for (int n = 0; n < s.N; n++) {
            for (int c = 0; c < s.C; c++) {
                double[][] image = padded(plane(x, n, c)), dimage = new double[image.length][image[0].length];
                for (int f = 0; f < filters(); f++) {
                    double[][] dmap = plane(dout, n, f), kernel = plane(W, f, c), dkernel = plane(dW, f, c);
                    for (int oy = 0; oy < s.OH; oy++) {
                        for (int ox = 0; ox < s.OW; ox++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int y = oy * s.SH + ky, w = ox * s.SW + kx;
                                    dkernel[ky][kx] += dmap[oy][ox] * image[y][w];
                                    dimage[y][w] += dmap[oy][ox] * kernel[ky][kx];
                                }
                            }
                            if (c == 0) {
                                db.data()[f] += (float) dmap[oy][ox];
                            }
                        }
                    }
                    store(dkernel, dW, f, c);
                }
                store(cut(dimage), dx, n, c);
            }
        }
        return dx;
    }
}
