package cnnkit.homework;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Code as a learner may write it, and what its check must find. All versions were written without looking at the
 * catalogue's models.
 *
 * @param name what it does, and in which style
 * @param expected the mistakes that must be named; empty: none
 * @param check the check of this code
 */
record Version(String name, Set<Mistake> expected, Supplier<Report> check) {
    static Version of(String name, Supplier<Report> check, Mistake... expected) {
        return new Version(name, new TreeSet<>(Arrays.asList(expected)), check);
    }

    static Version of(Mistake expected, String task, String style, Supplier<Report> check) {
        return of(expected + " in " + task + ", " + style, check, expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
