package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Pooling of one plane after another: arrays of rows, and streams over the places of a window. */
class PlanePooling extends OwnPooling {
    /** A pixel of a plane. */
    record Place(int y, int x) {}

    PlanePooling(Window window, boolean maximum) {
        super(window, maximum);
    }

    float[][] plane(int n, int c) {
        float[][] plane = new float[x.size(2)][x.size(3)];
        for (int y = 0; y < plane.length; y++) {
            for (int w = 0; w < plane[y].length; w++) {
                plane[y][w] = x.get(n, c, y, w);
            }
        }
        return plane;
    }

    /** The places that a window sees inside the image. */
    List<Place> places(int oy, int ox) {
        return IntStream.range(window.top(oy), window.top(oy) + window.kernelHeight())
                .boxed()
                .flatMap(y -> IntStream.range(window.left(ox), window.left(ox) + window.kernelWidth())
                        .mapToObj(w -> new Place(y, w)))
                .filter(place -> s.inside(place.y, place.x))
                .toList();
    }

    double pool(List<Place> places, float[][] plane) {
        return maximum
                ? plane[winner(places, plane).y][winner(places, plane).x]
                : places.stream().mapToDouble(p -> plane[p.y][p.x]).sum() / count(places);
    }

    Place winner(List<Place> places, float[][] plane) {
        return places.stream()
                .max(Comparator.comparingDouble(p -> plane[p.y][p.x]))
                .orElseThrow();
    }

    int count(List<Place> places) {
        return places.size();
    }

    void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
        if (maximum) {
            dplane[winner(places, plane).y][winner(places, plane).x] += dout;
        } else {
            places.forEach(p -> dplane[p.y][p.x] += dout / count(places));
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        Tensor out = Tensor.zeros(s.N, s.C, s.OH, s.OW);
        for (int n = 0; n < s.N; n++) {
            for (int c = 0; c < s.C; c++) {
                float[][] plane = plane(n, c);
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        out.set((float) pool(places(oy, ox), plane), n, c, oy, ox);
                    }
                }
            }
        }
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Tensor dx = Tensor.zeros(x.shape());
        for (int n = 0; n < s.N; n++) {
            for (int c = 0; c < s.C; c++) {
                float[][] plane = plane(n, c), dplane = new float[s.H][s.W];
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        spread(places(oy, ox), plane, dout.get(n, c, oy, ox), dplane);
                    }
                }
                for (int y = 0; y < s.H; y++) {
                    for (int w = 0; w < s.W; w++) {
                        dx.set(dplane[y][w], n, c, y, w);
                    }
                }
            }
        }
        return dx;
    }
}
