// exercise-1: right
int[] threeByThree = {16, 8, 8};
int[] fourByFour = {16, 11, 11};
int parametersOfBoth = 0;
// exercise-1: wrong, windows overlap
int[] threeByThree = {16, 8, 8};
int[] fourByFour = {16, 6, 6};
int parametersOfBoth = 0;
// exercise-1: wrong, what could a maximum learn?
int[] threeByThree = {16, 8, 8};
int[] fourByFour = {16, 11, 11};
int parametersOfBoth = 25;
// exercise-1: wrong, (24 - F) / S + 1 of them
int[] threeByThree = {16, 7, 7};
int[] fourByFour = {16, 10, 10};
int parametersOfBoth = 0;
// exercise-2: right
double staysByFormula(int F, int down, int right) { return (1 - down / (double) F) * (1 - right / (double) F); }
// exercise-2: wrong, the rows must stay inside, too
double staysByFormula(int F, int down, int right) { return (F - right) / (double) F; }
// exercise-2: wrong, int divided by int is an int
double staysByFormula(int F, int down, int right) { return (F - down) * (F - right) / (F * F); }
// exercise-3: right
Tensor minPool(Tensor x, Window window) { return new MaxPooling(window).forward(x.map(v -> -v)).map(v -> -v); }
// exercise-3: wrong, the largest number of each window
Tensor minPool(Tensor x, Window window) { return new MaxPooling(window).forward(x); }
// exercise-3: wrong, not turned back
Tensor minPool(Tensor x, Window window) { return new MaxPooling(window).forward(x.map(v -> -v)); }
// exercise-4: right
Tensor averagingWeights(int C) {
    Tensor W = Tensor.zeros(C, C, 2, 2);
    for (int c = 0; c < C; c++) for (int y = 0; y < 2; y++) for (int x = 0; x < 2; x++) W.set(0.25f, c, c, y, x);
    return W;
}
// exercise-4: wrong, mixed
Tensor averagingWeights(int C) { return Tensor.filled(0.25f, C, C, 2, 2); }
// exercise-4: wrong, a sum, not a mean
Tensor averagingWeights(int C) {
    Tensor W = Tensor.zeros(C, C, 2, 2);
    for (int c = 0; c < C; c++) for (int y = 0; y < 2; y++) for (int x = 0; x < 2; x++) W.set(1, c, c, y, x);
    return W;
}
// exercise-5: right
Tensor fairBackward(Tensor x, int F, Tensor dout) {
    Tensor dx = Tensor.zeros(x.shape());
    for (int oy = 0; oy < dout.size(0); oy++) for (int ox = 0; ox < dout.size(1); ox++) {
        float most = largest(x, oy * F, ox * F, F);
        int equal = 0;
        for (int k = 0; k < F * F; k++) equal += x.get(oy * F + k / F, ox * F + k % F) == most ? 1 : 0;
        for (int k = 0; k < F * F; k++) if (x.get(oy * F + k / F, ox * F + k % F) == most)
            dx.set(dout.get(oy, ox) / equal, oy * F + k / F, ox * F + k % F);
    }
    return dx;
}
// exercise-5: wrong, the first one still gets it all
Tensor fairBackward(Tensor x, int F, Tensor dout) { return maxPoolBackward(x, F, F, dout); }
// exercise-5: wrong, now more goes back than came
Tensor fairBackward(Tensor x, int F, Tensor dout) {
    Tensor dx = Tensor.zeros(x.shape());
    for (int i = 0; i < x.length(); i++) {
        int y = i / x.size(1), c = i % x.size(1);
        if (x.get(y, c) == largest(x, y / F * F, c / F * F, F)) dx.set(dout.get(y / F, c / F), y, c);
    }
    return dx;
}
