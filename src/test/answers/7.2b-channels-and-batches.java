// exercise-1: right
long myParameters = 4_640;
long myMultiplyAdds = 1_036_800;
// exercise-1: wrong, how deep is a filter
long myParameters = 320;
long myMultiplyAdds = 64_800;
// exercise-1: wrong, what else is learned?
long myParameters = 4_608;
long myMultiplyAdds = 1_036_800;
// exercise-1: wrong, how many biases has one filter?
long myParameters = 5_120;
long myMultiplyAdds = 1_036_800;
// exercise-1: wrong, that is one place of the window
long myParameters = 4_640;
long myMultiplyAdds = 4_608;
// exercise-2: right
Tensor toGrey = Tensor.of(new float[] {0.3333f, 0.3333f, 0.3334f}, 1, 3, 1, 1);
// exercise-2: wrong, does it divide by their number?
Tensor toGrey = Tensor.filled(1, 1, 3, 1, 1);
// exercise-2: wrong, do all three count alike?
Tensor toGrey = Tensor.of(new float[] {0, 1, 0}, 1, 3, 1, 1);
// exercise-2: wrong, what must they add up to?
Tensor toGrey = Tensor.filled(0.5f, 1, 3, 1, 1);
// exercise-3: right
double share = 18.0 / 25;
// exercise-3: wrong, one of the two small layers
double share = 9.0 / 25;
// exercise-3: wrong, turn it over
double share = 25.0 / 18;
