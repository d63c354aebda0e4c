package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/** One tensor for every parameter, of its shape and zero at first: something that an optimizer remembers about each. */
final class PerParameter {
    private final String name;
    private final Map<Parameter, Tensor> tensors = new IdentityHashMap<>();

    /** {@code name} is how files call it: m, say. */
    PerParameter(String name) {
        this.name = name;
    }

    Tensor of(Parameter parameter) {
        return tensors.computeIfAbsent(parameter, p -> Tensor.zeros(p.value().shape()));
    }

    /** Adds the tensors to a state, as m/W1, m/b1 and so on. */
    void tell(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        parameters.forEach((key, parameter) -> state.put(name + "/" + key, NpyArray.of(of(parameter))));
    }

    /** Takes the values that {@link #tell} has put there. */
    void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        parameters.forEach((key, parameter) -> {
            Tensor saved = state.get(name + "/" + key).tensor();
            System.arraycopy(saved.data(), 0, of(parameter).data(), 0, saved.length());
        });
    }
}
