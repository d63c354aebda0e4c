package cnnkit.homework;

import cnnkit.tensor.Seeds;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Numbers for the cases: small whole ones that a person can work with, or quarters, so that sums are exact. */
final class Draw {
    private static final String SEED = "cnnkit.homework.seed";

    private Draw() {}

    /** The numbers of a case; a teacher may draw others by the property {@code cnnkit.homework.seed}. */
    static Random random(int number) {
        return new Random(Seeds.of(Long.getLong(SEED, 1), number, 0));
    }

    /** From -9 to 9, without 0. */
    static Tensor whole(Random random, int... shape) {
        return Tensor.zeros(shape).map(zero -> (1 + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1));
    }

    /** Whole numbers and quarters, from -9 to 9, without 0. */
    static Tensor quarters(Random random, int... shape) {
        return Tensor.zeros(shape).map(zero -> (1 + random.nextInt(36)) / 4.0 * (random.nextBoolean() ? 1 : -1));
    }

    /** Each value another one, a whole number; the largest is {@code largest}. */
    static Tensor distinct(Random random, int largest, int... shape) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < Shapes.length(shape); i++) {
            values.add(largest - i);
        }
        Collections.shuffle(values, random);
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++) {
            tensor.data()[i] = values.get(i);
        }
        return tensor;
    }
}
