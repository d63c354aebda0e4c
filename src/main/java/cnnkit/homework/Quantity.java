package cnnkit.homework;

import cnnkit.tensor.Text;

/** What is judged apart. */
enum Quantity {
    OUT("forward"),
    DX("backward: dx"),
    DW("backward: dW"),
    DB("backward: db");

    private final String words;

    Quantity(String words) {
        this.words = words;
    }

    String inWords() {
        return Text.of(words);
    }
}
