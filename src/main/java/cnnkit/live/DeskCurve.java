package cnnkit.live;

import java.util.Arrays;

/**
 * A curve that never grows too long: when its points are too many, each two neighbours become one, their mean. What it
 * holds depends on what was added only.
 */
final class DeskCurve {
    private static final int MOST = 240; // points; no more could be told apart

    private final double[] sumX, sumY; // of the values of each point
    private final int[] counts;
    private int points;
    private int group = 1; // values of a full point

    DeskCurve() {
        this(new double[MOST], new double[MOST], new int[MOST]);
    }

    private DeskCurve(double[] sumX, double[] sumY, int[] counts) {
        this.sumX = sumX;
        this.sumY = sumY;
        this.counts = counts;
    }

    DeskCurve copy() {
        DeskCurve copy = new DeskCurve(sumX.clone(), sumY.clone(), counts.clone());
        copy.points = points;
        copy.group = group;
        return copy;
    }

    /** One value more, at the right end. */
    void add(double x, double y) {
        if (points == 0 || counts[points - 1] == group) {
            if (points == MOST) {
                halve();
            }
            points++;
        }
        sumX[points - 1] += x;
        sumY[points - 1] += y;
        counts[points - 1]++;
    }

    private void halve() {
        for (int i = 0; i < MOST / 2; i++) {
            sumX[i] = sumX[2 * i] + sumX[2 * i + 1];
            sumY[i] = sumY[2 * i] + sumY[2 * i + 1];
            counts[i] = counts[2 * i] + counts[2 * i + 1];
        }
        points = MOST / 2;
        Arrays.fill(sumX, points, MOST, 0);
        Arrays.fill(sumY, points, MOST, 0);
        Arrays.fill(counts, points, MOST, 0);
        group *= 2;
    }

    /** How many points it has now. */
    int size() {
        return points;
    }

    /** Of how many values a point is the mean. */
    int group() {
        return group;
    }

    /** The mean of the places of a point. */
    double x(int point) {
        return sumX[point] / counts[point];
    }

    /** The mean of the values of a point. */
    double y(int point) {
        return sumY[point] / counts[point];
    }

    double[] xs() {
        double[] all = new double[points];
        Arrays.setAll(all, this::x);
        return all;
    }

    double[] ys() {
        double[] all = new double[points];
        Arrays.setAll(all, this::y);
        return all;
    }
}
