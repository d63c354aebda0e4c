// exercise-1: right
int heightAfterFirst = 32;
int heightAfterSecond = 15;
// exercise-1: wrong, where does P stand in the formula?
int heightAfterFirst = 28;
int heightAfterSecond = 13;
// exercise-1: wrong, which way does the second layer round?
int heightAfterFirst = 32;
int heightAfterSecond = 16;
// exercise-1: wrong, count the places of the window
int heightAfterFirst = 32;
int heightAfterSecond = 14;
// exercise-2: right
Tensor toTheLeft = filter(0, 0, 0, 0, 0, 1, 0, 0, 0);
// exercise-2: wrong, the picture moves to the other side
Tensor toTheLeft = filter(0, 0, 0, 1, 0, 0, 0, 0, 0);
// exercise-2: wrong, the brightness changes
Tensor toTheLeft = filter(0, 0, 0, 0, 1, 1, 0, 0, 0);
// exercise-2: wrong, hint
Tensor toTheLeft = filter(0, 0, 1, 0, 0, 0, 0, 0, 0);
// exercise-3: right
int keepingPadding(int F) { return F / 2; }
// exercise-3: wrong, your padding does not depend on F
int keepingPadding(int F) { return 1; }
// exercise-3: wrong, on how many sides is padding added?
int keepingPadding(int F) { return F - 1; }
// exercise-4: right
Tensor slideFully(Tensor x, Tensor w, int P, int S) {
    int OH = (x.size(0) + 2 * P - w.size(0)) / S + 1, OW = (x.size(1) + 2 * P - w.size(1)) / S + 1;
    Tensor wide = padded(x, P), out = Tensor.zeros(OH, OW);
    for (int oy = 0; oy < OH; oy++) {
        for (int ox = 0; ox < OW; ox++) {
            float sum = 0;
            for (int ky = 0; ky < w.size(0); ky++) {
                for (int kx = 0; kx < w.size(1); kx++) { sum += wide.get(oy * S + ky, ox * S + kx) * w.get(ky, kx); }
            }
            out.set(sum, oy, ox);
        }
    }
    return out;
}
// exercise-4: wrong, look at your sizes
Tensor slideFully(Tensor x, Tensor w, int P, int S) {
    return slide(padded(x, P), w, 0);
}
// exercise-4: wrong, the place where the window reads does not
Tensor slideFully(Tensor x, Tensor w, int P, int S) {
    int OH = (x.size(0) + 2 * P - w.size(0)) / S + 1;
    Tensor dense = slide(padded(x, P), w, 0), out = Tensor.zeros(OH, OH);
    for (int oy = 0; oy < OH; oy++) {
        for (int ox = 0; ox < OH; ox++) { out.set(dense.get(oy, ox), oy, ox); }
    }
    return out;
}
// exercise-4: wrong, the first window begins outside the image
Tensor slideFully(Tensor x, Tensor w, int P, int S) {
    int OH = (x.size(0) + 2 * P - w.size(0)) / S + 1;
    Tensor dense = slide(padded(x, 3 * P), w, 0), out = Tensor.zeros(OH, OH);
    for (int oy = 0; oy < OH; oy++) {
        for (int ox = 0; ox < OH; ox++) { out.set(dense.get(oy * S + 3 * P, ox * S + 3 * P), oy, ox); }
    }
    return out;
}
