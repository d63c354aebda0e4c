// exercise-1: right
int halfway = 5500;
// exercise-1: wrong, epochs or in steps
int halfway = 10;
// exercise-1: wrong, almost 0
int halfway = 11_000;
// exercise-1: wrong, hint
int halfway = 2750;
// exercise-2: right
long bytes = 4 * 123_552;
// exercise-2: wrong, one byte for each parameter
long bytes = 123_552;
// exercise-2: wrong, a float or a double
long bytes = 8 * 123_552;
// exercise-2: wrong, the number of bits
long bytes = 32 * 123_552;
// exercise-3: right
int[] vote(int[] a, int[] b, int[] c) {
    int[] winners = new int[a.length];
    for (int n = 0; n < a.length; n++) { winners[n] = a[n] == b[n] ? a[n] : c[n]; }
    return winners;
}

String verdict = "cannot tell";
// exercise-3: wrong, does the interval leave out 0
int[] vote(int[] a, int[] b, int[] c) {
    int[] winners = new int[a.length];
    for (int n = 0; n < a.length; n++) { winners[n] = a[n] == b[n] ? a[n] : c[n]; }
    return winners;
}

String verdict = "worse";
// exercise-3: wrong, which one decides
int[] vote(int[] a, int[] b, int[] c) {
    int[] winners = new int[a.length];
    for (int n = 0; n < a.length; n++) { winners[n] = b[n] == c[n] ? b[n] : a[n]; }
    return winners;
}

String verdict = "worse";
// exercise-3: wrong, asks the first network alone
int[] vote(int[] a, int[] b, int[] c) {
    return a.clone();
}

String verdict = "worse";
