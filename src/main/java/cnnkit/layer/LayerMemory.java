package cnnkit.layer;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a layer of a learner remembers after a forward pass: the values of its fields. So a pass through a network can put
 * them back before its backward pass, whoever has used the layer in between.
 *
 * <p>Tensors, arrays, lists and layers in those fields are remembered with what they hold; the parameters are not, as they
 * belong to the network and not to a pass. Layers of the library need none of this: each pass has its own of them.
 */
public final class LayerMemory {
    private final Map<Object, List<Kept>> objects = new IdentityHashMap<>(); // layers and what they are made of
    private final List<Parameter> parameters;

    /** A field and its value. */
    private record Kept(Field field, Object content) {}

    private LayerMemory(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /**
     * Remembers the fields of a layer.
     *
     * @param layer any layer
     * @return its memory at this moment
     * @throws IllegalStateException if its fields cannot be read, because a module hides them
     */
    public static LayerMemory of(Layer layer) {
        LayerMemory memory = new LayerMemory(layer.parameters());
        memory.remember(layer);
        return memory;
    }

    private void remember(Object owner) {
        if (objects.containsKey(owner)) {
            return;
        }
        List<Kept> kept = new ArrayList<>();
        objects.put(owner, kept);
        for (Class<?> type = owner.getClass();
                type != Layer.class && type != Object.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    kept.add(new Kept(field, content(value(field, owner))));
                }
            }
        }
    }

    private static Object value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            throw new IllegalStateException(
                    Text.error(
                            "%s: its field %s is hidden, but a pass must keep what a layer remembers: open its package to all modules, or extend FillingLayer",
                            owner, field.getName()),
                    e);
        }
    }

    /** A copy of what changes in place; layers are remembered beside; all else is taken as it is. */
    private Object content(Object value) {
        if (value instanceof Layer || value instanceof ConvolutionAlgorithm) {
            remember(value);
        } else if (value instanceof Tensor tensor) {
            return isLearned(tensor.data()) ? tensor : tensor.copy();
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(content(element)));
            return copy;
        } else if (value != null && value.getClass().isArray() && !isLearned(value)) {
            int length = Array.getLength(value);
            Object copy = Array.newInstance(value.getClass().getComponentType(), length);
            if (value instanceof Object[] elements) {
                for (int i = 0; i < length; i++) {
                    Array.set(copy, i, content(elements[i]));
                }
            } else {
                System.arraycopy(value, 0, copy, 0, length);
            }
            return copy;
        }
        return value;
    }

    private boolean isLearned(Object data) {
        return parameters.stream().anyMatch(parameter -> parameter.holds(data));
    }

    /** Puts everything back. */
    public void putBack() {
        objects.forEach((owner, fields) -> fields.forEach(kept -> putBack(owner, kept)));
    }

    private static void putBack(Object owner, Kept kept) {
        try {
            if (!Modifier.isFinal(kept.field.getModifiers())) {
                boolean list = kept.content instanceof List<?>; // the field may ask for a certain kind of list
                if (!list || !refill(kept.field.get(owner), kept.content)) {
                    kept.field.set(owner, kept.content);
                }
            } else {
                refill(kept.field.get(owner), kept.content);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    Text.error("%s: its field %s cannot be put back", owner, kept.field.getName()), e);
        }
    }

    /** Fills what is there with what it held; whether that was done. */
    private static boolean refill(Object there, Object content) {
        if (there == content || there == null || content == null) {
            return there == content;
        }
        if (there instanceof Tensor tensor && content instanceof Tensor kept) {
            System.arraycopy(kept.data(), 0, tensor.data(), 0, kept.length());
        } else if (there instanceof List<?> list && content instanceof List<?> kept) {
            return list.equals(kept)
                    || refillList(list, kept); // an equal one need not be changed, and may not let itself
        } else if (there.getClass().isArray()) {
            System.arraycopy(content, 0, there, 0, Array.getLength(content));
        }
        return true;
    }

    @SuppressWarnings("unchecked") // the elements were in this very list
    private static boolean refillList(List<?> list, List<?> kept) {
        List<Object> any = (List<Object>) list;
        try {
            any.clear();
        } catch (UnsupportedOperationException e) {
            return refillElements(list, kept); // as List.of makes them: what its elements hold may change all the same
        }
        any.addAll(kept);
        return true;
    }

    /** Whether that could be done: there are as many, each as long as it was. */
    private static boolean refillElements(List<?> list, List<?> kept) {
        if (list.size() != kept.size()) {
            return false;
        }
        boolean all = true;
        for (int i = 0; i < list.size(); i++) {
            all &= sameSize(list.get(i), kept.get(i)) ? refill(list.get(i), kept.get(i)) : set(list, i, kept.get(i));
        }
        return all;
    }

    /** As Arrays.asList lets one do. */
    @SuppressWarnings("unchecked") // the element was in this very list
    private static boolean set(List<?> list, int i, Object element) {
        try {
            ((List<Object>) list).set(i, element);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean sameSize(Object there, Object content) {
        if (there instanceof Tensor tensor && content instanceof Tensor kept) {
            return tensor.hasShape(kept.shape());
        }
        if (there != null
                && content != null
                && there.getClass() == content.getClass()
                && there.getClass().isArray()) {
            return Array.getLength(there) == Array.getLength(content);
        }
        return there == content || there != null && there.equals(content);
    }
}
