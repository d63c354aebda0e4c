// exercise-1: right
int dW10 = 2, dx11 = 3, db = 5;
// exercise-1: wrong, which pixels does it meet
int dW10 = 8, dx11 = 3, db = 5;
// exercise-1: wrong, where in the first window
int dW10 = 2, dx11 = 12, db = 5;
// exercise-1: wrong, in how many outputs is the bias
int dW10 = 2, dx11 = 3, db = 1;
// exercise-2: right
Tensor averagePool(Tensor x, int F, int S) {
    int C = x.size(1), OH = positions(x.size(2), F, S, 0), OW = positions(x.size(3), F, S, 0);
    Tensor rows = myIm2col(x, F, S, 0).reshape(-1, F * F);
    Tensor means = myDot(rows, Tensor.filled(1f / (F * F), F * F, 1));
    return means.reshape(x.size(0), OH, OW, C).transpose(0, 3, 1, 2);
}
// exercise-2: wrong, a mean is a sum divided by what
Tensor averagePool(Tensor x, int F, int S) {
    int C = x.size(1), OH = positions(x.size(2), F, S, 0), OW = positions(x.size(3), F, S, 0);
    Tensor rows = myIm2col(x, F, S, 0).reshape(-1, F * F);
    Tensor sums = myDot(rows, Tensor.filled(1f, F * F, 1));
    return sums.reshape(x.size(0), OH, OW, C).transpose(0, 3, 1, 2);
}
// exercise-2: wrong, in which order do the rows come out
Tensor averagePool(Tensor x, int F, int S) {
    int C = x.size(1), OH = positions(x.size(2), F, S, 0), OW = positions(x.size(3), F, S, 0);
    Tensor rows = myIm2col(x, F, S, 0).reshape(-1, F * F);
    return myDot(rows, Tensor.filled(1f / (F * F), F * F, 1)).reshape(x.size(0), C, OH, OW);
}
// exercise-2: wrong, one channel, or all of them
Tensor averagePool(Tensor x, int F, int S) {
    int C = x.size(1), OH = positions(x.size(2), F, S, 0), OW = positions(x.size(3), F, S, 0);
    Tensor rows = myIm2col(x, F, S, 0);
    return myDot(rows, Tensor.filled(1f / rows.size(1), rows.size(1), 1)).reshape(x.size(0), 1, OH, OW);
}
// exercise-3: right
public class Suspicious extends MyConvolution {
    public Suspicious(Tensor W, Tensor b, int S, int P) { super(W, b, S, P); }
    public Tensor backward(Tensor dout) {
        Tensor rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN);
        fill(W, myDot(col.transpose(), rows).transpose());
        fill(b, myDot(Tensor.filled(1, 1, rows.size(0)), rows));
        return fold(myDot(rows, columns.transpose()));
    }
}
// exercise-3: wrong, left to right, or top to bottom
public class Suspicious extends MyConvolution {
    public Suspicious(Tensor W, Tensor b, int S, int P) { super(W, b, S, P); }
    public Tensor backward(Tensor dout) {
        Tensor rows = dout.transpose(0, 3, 2, 1).reshape(-1, FN);
        fill(W, myDot(col.transpose(), rows).transpose());
        fill(b, myDot(Tensor.filled(1, 1, rows.size(0)), rows));
        return fold(myDot(rows, columns.transpose()));
    }
}
// exercise-3: wrong, which factor does dcol need
public class Suspicious extends MyConvolution {
    public Suspicious(Tensor W, Tensor b, int S, int P) { super(W, b, S, P); }
    public Tensor backward(Tensor dout) {
        Tensor rows = dout.transpose(1, 0, 2, 3).reshape(FN, -1).transpose();
        fill(W, myDot(col.transpose(), rows).transpose());
        fill(b, myDot(Tensor.filled(1, 1, rows.size(0)), rows));
        return fold(myDot(rows, columns));
    }
}
