package cnnkit.network;

import cnnkit.layer.Layer;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.Tanh;

/** What follows the layers with weights in a network, and the initial weights that suit it (chapter 6 of the book). */
public enum Activation {
    /** As in the days of LeNet; weights after Xavier. */
    SIGMOID("Sigmoid", InitialWeights.xavier()),
    /** A sigmoid around 0; weights after Xavier. */
    TANH("Tanh", InitialWeights.xavier()),
    /** As today; weights after He. */
    RELU("Relu", InitialWeights.he());

    private final String kind;
    private final InitialWeights weights;

    Activation(String kind, InitialWeights weights) {
        this.kind = kind;
        this.weights = weights;
    }

    /** What its layers are called, with a number behind: Relu1. */
    String kind() {
        return kind;
    }

    /**
     * The initial weights that suit it.
     *
     * @return after Xavier or He
     */
    public InitialWeights weights() {
        return weights;
    }

    /**
     * A new layer.
     *
     * @return a {@link Sigmoid}, {@link Tanh} or {@link Relu}
     */
    public Layer layer() {
        return switch (this) {
            case SIGMOID -> new Sigmoid();
            case TANH -> new Tanh();
            case RELU -> new Relu();
        };
    }
}
