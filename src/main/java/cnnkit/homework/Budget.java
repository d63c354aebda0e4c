package cnnkit.homework;

import cnnkit.tensor.Text;

/**
 * What a network may cost, and what it must reach.
 *
 * @param parameters at most so many
 * @param multiplyAdds at most so many for one image
 * @param epochs of training
 * @param accuracy at least, on the validation images, from 0 to 1
 */
public record Budget(long parameters, long multiplyAdds, int epochs, double accuracy) {
    /**
     * Checks the numbers.
     *
     * @param parameters from 1
     * @param multiplyAdds from 1
     * @param epochs from 1
     * @param accuracy from 0 to 1
     * @throws IllegalArgumentException if a number is outside
     */
    public Budget {
        if (parameters < 1 || multiplyAdds < 1 || epochs < 1) {
            throw new IllegalArgumentException(Text.error(
                    "Budget: expected at least 1 parameter, 1 multiply-add and 1 epoch but got %,d, %,d and %d",
                    parameters, multiplyAdds, epochs));
        }
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException(
                    Text.error("Budget: expected an accuracy from 0 to 1, as 0.985 for 98.5 %%, but got %s", accuracy));
        }
    }

    /**
     * A budget without a limit on multiply-adds.
     *
     * @param parameters at most so many
     * @param epochs of training
     * @param accuracy at least, from 0 to 1
     * @return the budget
     */
    public static Budget of(long parameters, int epochs, double accuracy) {
        return new Budget(parameters, Long.MAX_VALUE, epochs, accuracy);
    }
}
