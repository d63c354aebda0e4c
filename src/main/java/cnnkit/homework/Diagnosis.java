package cnnkit.homework;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which mistake it is, by experiment: of every reading in the catalogue, alone and in pairs, is computed what it would give;
 * those that give what the learner's code gives, in every case, are the answer. Where the readings alone fit, pairs are not
 * asked. A single case proves nothing: at least two must show the difference.
 */
final class Diagnosis {
    private static final int PROOFS = 2;

    private final Task task;
    private final Quantity quantity;
    private final List<Evidence> evidence;

    /**
     * What the learner's code gave in a case.
     *
     * @param the the case
     * @param yours what came
     * @param right whether that is right
     */
    record Evidence(Case the, Outcome yours, boolean right) {}

    Diagnosis(Task task, Quantity quantity, List<Evidence> evidence) {
        this.task = task;
        this.quantity = quantity;
        this.evidence = evidence;
    }

    /**
     * The combinations that fit, the smallest ones only.
     *
     * @param base mistakes that are known already, of the forward pass
     * @return each a set of readings beside these; empty if the catalogue does not know it
     */
    List<Set<Reading>> fitting(Set<Reading> base) {
        List<Reading> readings = task.readings(quantity);
        List<Set<Reading>> fitting = new ArrayList<>();
        for (Reading one : readings) {
            tryOut(base, EnumSet.of(one), fitting);
        }
        for (int i = 0; fitting.isEmpty() && i < readings.size(); i++) {
            for (int j = i + 1; j < readings.size(); j++) {
                if (readings.get(i).mistake() != readings.get(j).mistake()) {
                    tryOut(base, EnumSet.of(readings.get(i), readings.get(j)), fitting);
                }
            }
        }
        return fitting;
    }

    private void tryOut(Set<Reading> base, Set<Reading> more, List<Set<Reading>> fitting) {
        Set<Reading> ways = EnumSet.copyOf(more);
        ways.addAll(base);
        for (int convention = 0; convention < task.conventions(); convention++) {
            if (fits(ways, convention)) {
                fitting.add(more);
                return;
            }
        }
    }

    private boolean fits(Set<Reading> ways, int convention) {
        int proofs = 0;
        for (Evidence each : evidence) {
            if (!task.model(quantity, each.the, ways, convention).explains(each.yours)) {
                return false;
            }
            proofs += !each.right && each.yours.isValue() ? 1 : 0;
        }
        return proofs >= PROOFS;
    }

    /** The mistakes that all combinations have in common; if there are none, those of the only one, or of single readings. */
    static Set<Mistake> named(List<Set<Reading>> fitting) {
        Set<Mistake> common = null;
        Set<Mistake> any = new LinkedHashSet<>();
        for (Set<Reading> readings : fitting) {
            Set<Mistake> mistakes = new LinkedHashSet<>();
            readings.forEach(reading -> mistakes.add(reading.mistake()));
            any.addAll(mistakes);
            if (common == null) {
                common = mistakes;
            } else {
                common.retainAll(mistakes);
            }
        }
        boolean single = fitting.stream().allMatch(readings -> readings.size() == 1);
        return common == null ? Set.of() : single ? any : common;
    }
}
