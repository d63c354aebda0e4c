// exercise-1: right
int[] conv1 = {6, 28, 28}, pool1 = {6, 14, 14}, conv2 = {16, 10, 10}, pool2 = {16, 5, 5};
int[] units = {120, 84, 10};
int conv1Parameters = 156, conv2Parameters = 2416;
int alexNetConvolutions = 5, alexNetAffines = 3;
String mostParameters = "Affine1";
// exercise-1: wrong, which of the two convolutions has a padding
int[] conv1 = {6, 24, 24}, pool1 = {6, 12, 12}, conv2 = {16, 8, 8}, pool2 = {16, 4, 4};
int[] units = {120, 84, 10};
int conv1Parameters = 156, conv2Parameters = 2416;
int alexNetConvolutions = 5, alexNetAffines = 3;
String mostParameters = "Affine1";
// exercise-1: wrong, one more number to learn
int[] conv1 = {6, 28, 28}, pool1 = {6, 14, 14}, conv2 = {16, 10, 10}, pool2 = {16, 5, 5};
int[] units = {120, 84, 10};
int conv1Parameters = 150, conv2Parameters = 2400;
int alexNetConvolutions = 5, alexNetAffines = 3;
String mostParameters = "Affine1";
// exercise-1: wrong, how many maps does a filter
int[] conv1 = {6, 28, 28}, pool1 = {6, 14, 14}, conv2 = {16, 10, 10}, pool2 = {16, 5, 5};
int[] units = {120, 84, 10};
int conv1Parameters = 156, conv2Parameters = 1516;
int alexNetConvolutions = 5, alexNetAffines = 3;
String mostParameters = "Affine1";
// exercise-1: wrong, hint
int[] conv1 = {6, 28, 28}, pool1 = {6, 14, 14}, conv2 = {0, 0, 0}, pool2 = {0, 0, 0};
int[] units = {120, 84, 10};
int conv1Parameters = 0, conv2Parameters = 0;
int alexNetConvolutions = 5, alexNetAffines = 2;
String mostParameters = "Conv1";
// exercise-2: right
long withoutGroups = 60_965_224L + 256L * 48 * 25 + 384L * 192 * 9 + 256L * 192 * 9;
// exercise-2: wrong, is Conv2 the only layer
long withoutGroups = 60_965_224L + 256L * 48 * 25;
// exercise-2: wrong, have more biases
long withoutGroups = 60_965_224L + 256L * 48 * 25 + 384L * 192 * 9 + 256L * 192 * 9 + 256 + 384 + 256;
// exercise-2: wrong, has more weights, not fewer
long withoutGroups = 60_965_224L / 2;
// exercise-3: right
Network paper = LeNet.builder().activation(Activation.TANH).pooling(LeNet.Pooling.TRAINED).build(1);
long more = paper.summary().parameters() - 60_000;
// exercise-3: wrong, does your subsampling have anything to learn
Network paper = LeNet.builder().activation(Activation.TANH).pooling(LeNet.Pooling.AVERAGE).build(1);
long more = paper.summary().parameters() - 60_000;
// exercise-3: wrong, which activation did the paper use
Network paper = LeNet.builder().pooling(LeNet.Pooling.TRAINED).build(1);
long more = 1_750;
// exercise-3: wrong, count your own network
Network paper = LeNet.builder().activation(Activation.TANH).pooling(LeNet.Pooling.TRAINED).build(1);
long more = 61_706 - 60_000;
// exercise-4: right
double[] dropHalf(double[] x, boolean[] keep, boolean learning) {
    double[] out = x.clone();
    for (int i = 0; i < x.length; i++) {
        if (!learning) { out[i] = x[i] / 2; }
        else if (!keep[i]) { out[i] = 0; }
    }
    return out;
}
// exercise-4: wrong, section 7 scales at the other time
double[] dropHalf(double[] x, boolean[] keep, boolean learning) {
    double[] out = x.clone();
    for (int i = 0; learning && i < x.length; i++) { out[i] = keep[i] ? 2 * x[i] : 0; }
    return out;
}
// exercise-4: wrong, how much did the next layer get on average
double[] dropHalf(double[] x, boolean[] keep, boolean learning) {
    double[] out = x.clone();
    for (int i = 0; learning && i < x.length; i++) { out[i] = keep[i] ? x[i] : 0; }
    return out;
}
// exercise-4: wrong, what stays, not what goes
double[] dropHalf(double[] x, boolean[] keep, boolean learning) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) { out[i] = learning ? (keep[i] ? 0 : x[i]) : x[i] / 2; }
    return out;
}
// exercise-4: wrong, x itself stays as it is
double[] dropHalf(double[] x, boolean[] keep, boolean learning) {
    for (int i = 0; i < x.length; i++) { x[i] = learning ? (keep[i] ? x[i] : 0) : x[i] / 2; }
    return x;
}
