package cnnkit.live;

import cnnkit.tensor.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The panels that have been shown, by number, and the one door to them: whatever a page sends, an answer comes back, and nothing
 * is thrown.
 */
final class Panels {
    private static final int MOST = 100; // of a panel that was shown long ago the cell has to run again
    private static final int MOST_PAGES = 20; // whose latest answers are kept
    private static final int LONGEST = 2_000_000; // letters of all texts in a question

    private final Map<Integer, Panel> shown = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> told = new LinkedHashMap<>(); // the latest answer to each page
    private int latest;

    /** A panel that is about to be shown; gives its number. */
    synchronized int add(Panel panel) {
        shown.put(++latest, panel);
        shown.remove(latest - MOST);
        return latest;
    }

    private synchronized Panel panel(Object number) {
        return number instanceof Number n && n.doubleValue() == n.intValue() ? shown.get(n.intValue()) : null;
    }

    /**
     * The answer to a message. A page whose kernel is silent for a while asks again: what was answered already is not done once
     * more, for it may be something that is to happen once.
     *
     * @param message {@code kernel}, {@code panel}, {@code page} (which one asks), {@code n} (the number of the question), and
     *     {@code ask} (the question) or {@code hello} (to see whether there is an answer); anybody may have written it
     * @param address of this kernel's present run: whoever asks another one asks in vain
     * @return {@code n} and {@code answer}, or {@code error} in words, or {@code gone}: the cell has to run again
     */
    Map<String, Object> answer(Map<String, ?> message, String address) {
        if (!(message.get("page") instanceof String page)) {
            return newAnswer(message, address);
        }
        Map<String, Object> before = told(page);
        if (before != null && before.get("n").equals(message.get("n"))) {
            return before;
        }
        Map<String, Object> reply = newAnswer(message, address);
        keep(page, reply);
        return reply;
    }

    private synchronized Map<String, Object> told(String page) {
        return told.get(page);
    }

    private synchronized void keep(String page, Map<String, Object> reply) {
        told.remove(page);
        told.put(page, reply);
        if (told.size() > MOST_PAGES) {
            told.remove(told.keySet().iterator().next());
        }
    }

    private Map<String, Object> newAnswer(Map<String, ?> message, String address) {
        Map<String, Object> reply = new LinkedHashMap<>();
        try {
            reply.put("n", message.get("n") instanceof Number n && Double.isFinite(n.doubleValue()) ? n : 0);
            Panel panel = address.equals(message.get("kernel")) ? panel(message.get("panel")) : null;
            if (panel == null) {
                reply.put("gone", true);
            } else if (Boolean.TRUE.equals(message.get("hello"))) {
                reply.put("answer", panel.greeting());
            } else if (!(message.get("ask") instanceof Map<?, ?> ask)) {
                throw new IllegalArgumentException(Text.error("the page asked nothing"));
            } else {
                reply.put("answer", panel.answer(question(ask)));
            }
        } catch (Throwable e) { // an Error that went on from here would end the kernel
            reply.remove("answer");
            reply.put("error", e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return reply;
    }

    private static Question question(Map<?, ?> ask) {
        Map<String, Object> values = new LinkedHashMap<>();
        long letters = 0;
        for (Map.Entry<?, ?> entry : ask.entrySet()) {
            letters += entry.getValue() instanceof String text ? text.length() : 0;
            values.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        if (letters > LONGEST) {
            throw new IllegalArgumentException(
                    Text.error("a question may have %,d letters but the page gave %,d", LONGEST, letters));
        }
        return new Question(values);
    }
}
