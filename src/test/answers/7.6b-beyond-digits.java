// exercise-1: right
Tensor quarter(Tensor picture) {
    Tensor turned = Tensor.zeros(picture.shape());
    int size = picture.size(1);
    for (int c = 0; c < picture.size(0); c++) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) { turned.set(picture.get(c, x, size - 1 - y), c, y, x); }
        }
    }
    return turned;
}
// exercise-1: wrong, that is with the clock
Tensor quarter(Tensor picture) {
    Tensor turned = Tensor.zeros(picture.shape());
    int size = picture.size(1);
    for (int c = 0; c < picture.size(0); c++) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) { turned.set(picture.get(c, size - 1 - x, y), c, y, x); }
        }
    }
    return turned;
}
// exercise-1: wrong, a transpose mirrors
Tensor quarter(Tensor picture) {
    return picture.transpose(0, 2, 1);
}
// exercise-2: right
int overlapping = 8;
boolean mostLeak = true;
// exercise-2: wrong, look along diagonals
int overlapping = 4;
boolean mostLeak = true;
// exercise-2: wrong, how likely is that
int overlapping = 8;
boolean mostLeak = false;
// exercise-3: right
int brightestSide(Tensor patch) {
    double[] sums = new double[4];
    for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                sums[y < 16 ? 0 : 2] += patch.get(c, y, x);
                sums[x < 16 ? 1 : 3] += patch.get(c, y, x);
            }
        }
    }
    int best = 0;
    for (int side = 1; side < 4; side++) { best = sums[side] > sums[best] ? side : best; }
    return best;
}
// exercise-3: wrong, row 0 is at the top
int brightestSide(Tensor patch) {
    double[] sums = new double[4];
    for (int i = 0; i < patch.length(); i++) {
        sums[i / 32 % 32 < 16 ? 2 : 0] += patch.data()[i];
        sums[i % 32 < 16 ? 1 : 3] += patch.data()[i];
    }
    int best = 0;
    for (int side = 1; side < 4; side++) { best = sums[side] > sums[best] ? side : best; }
    return best;
}
// exercise-3: wrong, where does the top go first
int brightestSide(Tensor patch) {
    double[] sums = new double[4];
    for (int i = 0; i < patch.length(); i++) {
        sums[i / 32 % 32 < 16 ? 0 : 2] += patch.data()[i];
        sums[i % 32 < 16 ? 3 : 1] += patch.data()[i];
    }
    int best = 0;
    for (int side = 1; side < 4; side++) { best = sums[side] > sums[best] ? side : best; }
    return best;
}
