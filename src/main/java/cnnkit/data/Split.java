package cnnkit.data;

/**
 * A dataset in two parts that share no image: one to learn from, and one to make choices on, such as the learning rate
 * or the number of epochs, so that the test images are read only once, at the end.
 *
 * @param train what to learn from
 * @param validation what to measure on while choosing
 */
public record Split(Dataset train, Dataset validation) {}
