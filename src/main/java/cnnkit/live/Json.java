package cnnkit.live;

import cnnkit.tensor.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Between maps and the JSON objects of the kernel's own Gson. That of PyPI's jjava.jar has another package name than that of
 * Maven Central, so it is called by name.
 */
final class Json {
    private Json() {}

    private static Object gson(Class<?> jsonObject) throws ReflectiveOperationException {
        return Class.forName(jsonObject.getPackageName() + ".Gson", true, jsonObject.getClassLoader())
                .getConstructor()
                .newInstance();
    }

    /** A JsonObject of the given class; byte arrays become base64. */
    static Object of(Class<?> jsonObject, Map<String, ?> map) throws ReflectiveOperationException {
        Object gson = gson(jsonObject);
        return gson.getClass().getMethod("toJsonTree", Object.class).invoke(gson, plain(map));
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        } else if (value instanceof List<?> list) {
            return list.stream().map(Json::plain).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, part) -> plain.put(key, plain(part)));
            return plain;
        }
        return value;
    }

    /** What is in a JsonObject: numbers as Double, objects as Map, arrays as List. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object jsonObject) throws ReflectiveOperationException {
        Object gson = gson(jsonObject.getClass());
        Method fromJson = Arrays.stream(gson.getClass().getMethods())
                .filter(method -> method.getName().equals("fromJson"))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class, Class.class}))
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
        try {
            return (Map<String, Object>) fromJson.invoke(gson, jsonObject.toString(), Map.class);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(Text.error("the page sent what cannot be read: %s", e.getCause()));
        }
    }
}
