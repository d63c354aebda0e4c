package cnnkit.train;

import cnnkit.layer.Parameter;
import java.util.Collection;

/** Changes parameters so that the loss goes down, one step at a time. An optimizer serves one network. */
public interface Optimizer {
    /**
     * One step, from the gradients of the latest backward pass.
     *
     * @param parameters all parameters of the network, changed in place; the same ones at every call
     */
    void update(Collection<Parameter> parameters);
}
