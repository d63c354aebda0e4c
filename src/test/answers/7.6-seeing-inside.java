// exercise-1: right
int afterThree = 7;
int withPooling = 12;
// exercise-1: wrong, do the windows of neighbouring units lie beside each other
int afterThree = 9;
int withPooling = 12;
// exercise-1: wrong, how many pixels apart are neighbouring units
int afterThree = 7;
int withPooling = 8;
// exercise-2: right
int mostDiagonal(OrientationResponse measured) {
    int best = 0;
    double[] lead = new double[measured.filters()];
    for (int f = 0; f < lead.length; f++) {
        double[] r = measured.response(f);
        lead[f] = Math.max(r[9], r[27]) - Math.max(r[0], r[18]);
        if (lead[f] > lead[best]) { best = f; }
    }
    return best;
}
// exercise-2: wrong, does your method look at the filters it is given
int mostDiagonal(OrientationResponse measured) {
    return 3;
}
// exercise-2: wrong, a large filter answers to everything
int mostDiagonal(OrientationResponse measured) {
    int best = 0;
    double most = 0;
    for (int f = 0; f < measured.filters(); f++) {
        double[] r = measured.response(f);
        if (Math.max(r[9], r[27]) > most) {
            most = Math.max(r[9], r[27]);
            best = f;
        }
    }
    return best;
}
// exercise-3: right
Tensor blurred(Tensor filter) {
    Tensor out = Tensor.zeros(5, 5);
    for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 5; x++) {
            float sum = 0;
            int count = 0;
            for (int i = y - 1; i <= y + 1; i++) {
                for (int j = x - 1; j <= x + 1; j++) {
                    if (i >= 0 && i < 5 && j >= 0 && j < 5) { sum += filter.get(i, j); count++; }
                }
            }
            out.set(sum / count, y, x);
        }
    }
    return out;
}
// exercise-3: wrong, how many numbers take part in a corner
Tensor blurred(Tensor filter) {
    Tensor out = Tensor.zeros(5, 5);
    for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 5; x++) {
            float sum = 0;
            for (int i = Math.max(0, y - 1); i <= Math.min(4, y + 1); i++) {
                for (int j = Math.max(0, x - 1); j <= Math.min(4, x + 1); j++) { sum += filter.get(i, j); }
            }
            out.set(sum / 9, y, x);
        }
    }
    return out;
}
// exercise-3: wrong, diagonal neighbours count
Tensor blurred(Tensor filter) {
    Tensor out = Tensor.zeros(5, 5);
    for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 5; x++) {
            float sum = filter.get(y, x);
            int count = 1;
            if (y > 0) { sum += filter.get(y - 1, x); count++; }
            if (y < 4) { sum += filter.get(y + 1, x); count++; }
            if (x > 0) { sum += filter.get(y, x - 1); count++; }
            if (x < 4) { sum += filter.get(y, x + 1); count++; }
            out.set(sum / count, y, x);
        }
    }
    return out;
}
