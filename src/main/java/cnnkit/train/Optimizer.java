package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import java.util.Collection;
import java.util.Map;

/**
 * Changes parameters so that the loss goes down, one step at a time. An optimizer serves one network.
 *
 * <p>One that remembers something from step to step tells it to a {@link Checkpoint} by {@link #state} and takes it back
 * by {@link #restore}; else a run that goes on from a file would go another way.
 */
public interface Optimizer {
    /**
     * One step, from the gradients of the latest backward pass.
     *
     * @param parameters all parameters of the network, changed in place; the same ones at every call
     * @throws IllegalArgumentException if it has made steps for another network
     */
    void update(Collection<Parameter> parameters);

    /**
     * What it remembers from step to step; nothing unless it says otherwise. Names, types and shapes are the same before
     * the first step as after the last, so that they can be compared with a file before anything changes.
     *
     * @param parameters all parameters of the network by their names
     * @return names of its own choice and values, which may be the very ones that the next update changes
     */
    default Map<String, NpyArray> state(Map<String, Parameter> parameters) {
        return Map.of();
    }

    /**
     * Remembers what it remembered then: the next update is the one that followed.
     *
     * @param parameters all parameters of the network by their names
     * @param state what {@link #state} has told, with the same names, types and shapes
     */
    default void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {}

    /**
     * Its kind and its settings. A checkpoint is of the same run only if they read the same.
     *
     * @return for example {@code Adam(0.001)}
     */
    @Override
    String toString();
}
