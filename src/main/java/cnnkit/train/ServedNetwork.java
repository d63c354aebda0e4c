package cnnkit.train;

import cnnkit.layer.Parameter;
import cnnkit.tensor.Text;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The network whose parameters an optimizer changes: what it remembers of one would be wrong for another. */
final class ServedNetwork {
    private final Set<Parameter> parameters = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Makes sure that it is the same network as before, if there was one.
     *
     * @throws IllegalArgumentException if it is another one
     */
    void expect(Optimizer optimizer, Collection<Parameter> all) {
        if (parameters.isEmpty()) {
            parameters.addAll(all);
        } else if (parameters.size() != all.size() || !parameters.containsAll(all)) {
            throw new IllegalArgumentException(Text.error(
                    "%s serves another network already, and remembers its steps: make a new optimizer for each network",
                    optimizer));
        }
    }

    /**
     * The same, and that there is a gradient for every parameter: else some of them would be updated, and some not.
     *
     * @throws IllegalArgumentException if it is another one
     * @throws IllegalStateException if there was no backward pass yet
     */
    void expectGradients(Optimizer optimizer, Collection<Parameter> all) {
        all.forEach(Parameter::gradient);
        expect(optimizer, all);
    }
}
