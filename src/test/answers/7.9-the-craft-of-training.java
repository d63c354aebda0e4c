// exercise-1: right
double warmUp(int step) {
    if (step <= 50) {
        return 0.004 * step / 50;
    }
    return 0.004 * (1650 - step) / (1650 - 50);
}
// exercise-1: wrong, both are whole numbers
double warmUp(int step) {
    return step <= 50 ? step / 50 * 0.004 : 0.004 * (1650 - step) / 1600;
}
// exercise-1: wrong, steps count from 1
double warmUp(int step) {
    return step <= 50 ? 0.004 * (step - 1) / 50 : 0.004 * (1650 - step) / 1600;
}
// exercise-1: wrong, the rate does not fall
double warmUp(int step) {
    return 0.004 * Math.min(1, step / 50.0);
}
// exercise-1: wrong, over how many steps does it fall
double warmUp(int step) {
    return step <= 50 ? 0.004 * step / 50 : 0.004 * (1650 - step) / 1650;
}
// exercise-2: right
int updatesOf500 = 330;
int epochsOf500 = 15;
// exercise-2: wrong, that is one epoch
int updatesOf500 = 110;
int epochsOf500 = 15;
// exercise-2: wrong, batches of another size
int updatesOf500 = 1650;
int epochsOf500 = 15;
// exercise-2: wrong, as many as what
int updatesOf500 = 330;
int epochsOf500 = 5;
// exercise-2: wrong, are there as many updates
int updatesOf500 = 330;
int epochsOf500 = 3;
// exercise-3: right
int[] ensemble(double[][][] p) {
    int[] best = new int[p[0].length];
    for (int n = 0; n < best.length; n++) {
        double highest = -1;
        for (int k = 0; k < p[0][n].length; k++) {
            double total = 0;
            for (int m = 0; m < p.length; m++) { total += p[m][n][k]; }
            if (total > highest) {
                highest = total;
                best[n] = k;
            }
        }
    }
    return best;
}
// exercise-3: wrong, that is a vote
int[] ensemble(double[][][] p) {
    int[] best = new int[p[0].length];
    for (int n = 0; n < best.length; n++) {
        int[] votes = new int[p[0][n].length];
        for (int m = 0; m < p.length; m++) { votes[largestAt(p[m][n])]++; }
        for (int k = 0; k < votes.length; k++) { best[n] = votes[k] > votes[best[n]] ? k : best[n]; }
    }
    return best;
}
// exercise-3: wrong, follows the surest network alone
int[] ensemble(double[][][] p) {
    int[] best = new int[p[0].length];
    for (int n = 0; n < best.length; n++) {
        double highest = -1;
        for (int m = 0; m < p.length; m++) {
            if (largest(p[m][n]) > highest) {
                highest = largest(p[m][n]);
                best[n] = largestAt(p[m][n]);
            }
        }
    }
    return best;
}
// exercise-3: wrong, asks the first network alone
int[] ensemble(double[][][] p) {
    return Arrays.stream(p[0]).mapToInt(row -> largestAt(row)).toArray();
}
// exercise-4: right
int[] suspects(double[][] p, int[] labels, int count) {
    Integer[] all = new Integer[labels.length];
    for (int n = 0; n < all.length; n++) { all[n] = n; }
    Arrays.sort(all, (a, b) -> Double.compare(p[a][labels[a]], p[b][labels[b]]));
    int[] first = new int[count];
    for (int i = 0; i < count; i++) { first[i] = all[i]; }
    return first;
}
// exercise-4: wrong, which end of the order
int[] suspects(double[][] p, int[] labels, int count) {
    return IntStream.range(0, labels.length).boxed()
        .sorted(Comparator.comparingDouble(n -> -p[n][labels[n]])).mapToInt(n -> n).limit(count).toArray();
}
// exercise-4: wrong, the same as a label that does not fit
int[] suspects(double[][] p, int[] labels, int count) {
    return IntStream.range(0, labels.length).boxed()
        .sorted(Comparator.comparingDouble(n -> largest(p[n]))).mapToInt(n -> n).limit(count).toArray();
}
