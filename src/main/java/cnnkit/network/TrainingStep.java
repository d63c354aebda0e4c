package cnnkit.network;

import cnnkit.tensor.Seeds;

/** Where in a training run a pass is: what a layer draws at random depends on this and the layer's name only. */
record TrainingStep(long seed, long step) {
    long seedFor(String layer) {
        return Seeds.ofLayer(seed, step, layer);
    }
}
