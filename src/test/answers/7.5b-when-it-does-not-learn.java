// exercise-1: right
String[] diagnoses = {"pixels", "backward", "healthy", "dead", "labels"};
// exercise-1: wrong, have you run the gradient check
String[] diagnoses = {"pixels", "healthy", "backward", "dead", "labels"};
// exercise-1: wrong, draw its first images with their labels
String[] diagnoses = {"pixels", "backward", "healthy", "dead", "healthy"};
// exercise-1: wrong, use the five words of the text
String[] diagnoses = {"Pixels", "backward", "healthy", "dead", "labels"};
// exercise-2: right
int bestEpoch(double[] losses, int patience) {
    int best = 0;
    for (int epoch = 1; epoch < losses.length; epoch++) {
        if (losses[epoch] < losses[best]) {
            best = epoch;
        } else if (epoch - best >= patience) {
            break;
        }
    }
    return best;
}
// exercise-2: wrong, you return the epoch at which you stop
int bestEpoch(double[] losses, int patience) {
    int best = 0;
    for (int epoch = 1; epoch < losses.length; epoch++) {
        if (losses[epoch] < losses[best]) { best = epoch; } else if (epoch - best >= patience) { return epoch; }
    }
    return losses.length - 1;
}
// exercise-2: wrong, training has stopped already
int bestEpoch(double[] losses, int patience) {
    int best = 0;
    for (int epoch = 1; epoch < losses.length; epoch++) { best = losses[epoch] < losses[best] ? epoch : best; }
    return best;
}
// exercise-2: wrong, one bad epoch is forgiven
int bestEpoch(double[] losses, int patience) {
    int epoch = 0;
    while (epoch + 1 < losses.length && losses[epoch + 1] < losses[epoch]) { epoch++; }
    return epoch;
}
// exercise-3: right
int shared(Dataset training, Dataset validation) {
    int shared = 0;
    for (int i = 0; i < validation.size(); i++) {
        boolean found = false;
        for (int j = 0; j < training.size(); j++) { found |= training.image(j).equals(validation.image(i)); }
        shared += found ? 1 : 0;
    }
    return shared;
}
// exercise-3: wrong, may stand at any place
int shared(Dataset training, Dataset validation) {
    int shared = 0;
    for (int i = 0; i < Math.min(training.size(), validation.size()); i++) {
        shared += training.image(i).equals(validation.image(i)) ? 1 : 0;
    }
    return shared;
}
// exercise-3: wrong, count validation images, not pairs
int shared(Dataset training, Dataset validation) {
    int shared = 0;
    for (int i = 0; i < validation.size(); i++) {
        for (int j = 0; j < training.size(); j++) { shared += training.image(j).equals(validation.image(i)) ? 1 : 0; }
    }
    return shared;
}
// exercise-3: wrong, compare pixels
int shared(Dataset training, Dataset validation) {
    int shared = 0;
    for (int i = 0; i < validation.size(); i++) {
        boolean found = false;
        for (int j = 0; j < training.size(); j++) { found |= training.label(j) == validation.label(i); }
        shared += found ? 1 : 0;
    }
    return shared;
}
