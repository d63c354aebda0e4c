package cnnkit.layer;

import cnnkit.im2col.Window;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The settings of a layer that does not tell them: its final fields of plain values. What a pass remembers is not final. */
final class FinalFields {
    private FinalFields() {}

    static String inWords(Layer layer) {
        List<String> words = new ArrayList<>();
        for (Class<?> type = layer.getClass(); type != Layer.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isFinal(field.getModifiers())
                        && !Modifier.isStatic(field.getModifiers())
                        && !field.isSynthetic()
                        && isPlain(field.getType())) {
                    words.add(field.getName() + " " + value(field, layer));
                }
            }
        }
        return String.join(", ", words);
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || type == String.class
                || type == Window.class
                || Number.class.isAssignableFrom(type) && type.getName().startsWith("java.lang.");
    }

    private static Object value(Field field, Layer layer) {
        try {
            field.setAccessible(true);
            return field.get(layer);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            return "not told"; // a module hides it
        }
    }
}
