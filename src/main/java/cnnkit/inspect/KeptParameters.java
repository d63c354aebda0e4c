package cnnkit.inspect;

import cnnkit.layer.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers the values of parameters, so that they can be put back to the bit. */
final class KeptParameters {
    private final Map<Parameter, float[]> values = new LinkedHashMap<>();

    KeptParameters(List<Parameter> parameters) {
        parameters.forEach(
                parameter -> values.put(parameter, parameter.value().data().clone()));
    }

    void putBack() {
        values.forEach(
                (parameter, kept) -> System.arraycopy(kept, 0, parameter.value().data(), 0, kept.length));
    }
}
