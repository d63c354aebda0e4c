// exercise-1: right
double myProbability = 0.25;
double myLoss = 1.386;
double myGradient = -0.75;
// exercise-1: wrong, a loss is not
double myProbability = 0.25;
double myLoss = -1.386;
double myGradient = -0.75;
// exercise-1: wrong, subtracted at the right class
double myProbability = 0.25;
double myLoss = 1.386;
double myGradient = 0.25;
// exercise-1: wrong, undoes e to the score
double myProbability = 0.25;
double myLoss = 0.602;
double myGradient = -0.75;
// exercise-2: right
double leaky(double x) {
    return x < 0 ? x / 10 : x;
}
double leakyBack(double x, double dout) {
    return x < 0 ? dout / 10 : dout;
}
// exercise-2: wrong, used nowhere on this side
double leaky(double x) {
    return x < 0 ? 0.1 * x : x;
}
double leakyBack(double x, double dout) {
    return x < 0 ? 0.1 : 1;
}
// exercise-2: wrong, is that so here
double leaky(double x) {
    return x < 0 ? 0.1 * x : x;
}
double leakyBack(double x, double dout) {
    return x < 0 ? 0 * dout : dout;
}
// exercise-3: right
double mySlope(DoubleUnaryOperator f, double at) {
    double h = 1e-5;
    return (f.applyAsDouble(at + h) - f.applyAsDouble(at - h)) / (2 * h);
}
// exercise-3: wrong, Once the step, or twice
double mySlope(DoubleUnaryOperator f, double at) {
    double h = 1e-5;
    return (f.applyAsDouble(at + h) - f.applyAsDouble(at - h)) / h;
}
// exercise-3: wrong, subtracted from which
double mySlope(DoubleUnaryOperator f, double at) {
    double h = 1e-5;
    return (f.applyAsDouble(at - h) - f.applyAsDouble(at + h)) / (2 * h);
}
// exercise-3: wrong, is the step small
double mySlope(DoubleUnaryOperator f, double at) {
    double h = 0.1;
    return (f.applyAsDouble(at + h) - f.applyAsDouble(at)) / h;
}
// exercise-4: right
int mySteps = 1290;
int myLastBatch = 88;
// exercise-4: wrong, learned from, too
int mySteps = 1287;
int myLastBatch = 88;
// exercise-4: wrong, does 128 divide
int mySteps = 1290;
int myLastBatch = 128;
// exercise-4: wrong, its own last batch
int mySteps = 1289;
int myLastBatch = 88;
// exercise-5: right
String A = "overfitting";
String B = "rate too large";
String C = "rate too small";
// exercise-5: wrong, even, or jumping
String A = "overfitting";
String B = "rate too small";
String C = "rate too large";
// exercise-5: wrong, side by side
String A = "rate too large";
String B = "overfitting";
String C = "rate too small";
