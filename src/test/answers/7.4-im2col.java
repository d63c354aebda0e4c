// exercise-1: right
int[] matrixShape = {10 * 32 * 32, 3 * 3 * 3};
double timesAsMany = 9;
// exercise-1: wrong, with padding 1
int[] matrixShape = {9000, 27};
double timesAsMany = 9000 * 27 / 30720.0;
// exercise-1: wrong, through how many channels
int[] matrixShape = {10240, 9};
double timesAsMany = 9;
// exercise-1: wrong, divide by all its numbers
int[] matrixShape = {10240, 27};
double timesAsMany = 27;
// exercise-2: right
int[] index(int offset, int C, int H, int W) {
    int w = offset % W, rest = offset / W;
    int h = rest % H;
    rest /= H;
    return new int[] {rest / C, rest % C, h, w};
}
// exercise-2: wrong, which index runs fastest
int[] index(int offset, int C, int H, int W) {
    return new int[] {offset / (W * H * C), offset / (W * H) % C, offset % H, offset / H % W};
}
// exercise-2: wrong, must stay below its size
int[] index(int offset, int C, int H, int W) {
    return new int[] {offset / (W * H * C), offset / (W * H), offset / W, offset % W};
}
// exercise-3: right
Tensor unfold(Tensor x, int FH, int FW, int SH, int SW) {
    int N = x.size(0), C = x.size(1), OH = (x.size(2) - FH) / SH + 1, OW = (x.size(3) - FW) / SW + 1;
    Tensor col = Tensor.zeros(N * OH * OW, C * FH * FW);
    int i = 0;
    for (int n = 0; n < N; n++)
        for (int oy = 0; oy < OH; oy++)
            for (int ox = 0; ox < OW; ox++)
                for (int c = 0; c < C; c++)
                    for (int ky = 0; ky < FH; ky++)
                        for (int kx = 0; kx < FW; kx++) { col.data()[i++] = x.get(n, c, oy * SH + ky, ox * SW + kx); }
    return col;
}
// exercise-3: wrong, with stride SH and SW
Tensor unfold(Tensor x, int FH, int FW, int SH, int SW) {
    int N = x.size(0), C = x.size(1), OH = (x.size(2) - FH) / SH + 1, OW = (x.size(3) - FW) / SW + 1;
    Tensor col = Tensor.zeros(N * OH * OW, C * FH * FW);
    int i = 0;
    for (int n = 0; n < N; n++)
        for (int oy = 0; oy < OH; oy++)
            for (int ox = 0; ox < OW; ox++)
                for (int c = 0; c < C; c++)
                    for (int ky = 0; ky < FH; ky++)
                        for (int kx = 0; kx < FW; kx++) { col.data()[i++] = x.get(n, c, oy + ky, ox + kx); }
    return col;
}
// exercise-3: wrong, kx runs faster than ky
Tensor unfold(Tensor x, int FH, int FW, int SH, int SW) {
    int N = x.size(0), C = x.size(1), OH = (x.size(2) - FH) / SH + 1, OW = (x.size(3) - FW) / SW + 1;
    Tensor col = Tensor.zeros(N * OH * OW, C * FH * FW);
    int i = 0;
    for (int n = 0; n < N; n++)
        for (int oy = 0; oy < OH; oy++)
            for (int ox = 0; ox < OW; ox++)
                for (int c = 0; c < C; c++)
                    for (int kx = 0; kx < FW; kx++)
                        for (int ky = 0; ky < FH; ky++) { col.data()[i++] = x.get(n, c, oy * SH + ky, ox * SW + kx); }
    return col;
}
