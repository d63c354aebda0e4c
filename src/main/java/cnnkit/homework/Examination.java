package cnnkit.homework;

import cnnkit.tensor.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a learner's code on all cases of a task, judges each part, and finds out which mistakes were made. */
final class Examination {
    private final Task task;
    private final List<Case> cases;
    private final Guard guard;
    private final List<Answers> answers = Collections.synchronizedList(new ArrayList<>());
    private final Set<Task.Memory> memories = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<Judged> consistent = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<Judged, Boolean> right = new ConcurrentHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Class<?>> library = Optional.empty();
    private Guard.TooSlow tooSlow;

    private record Judged(int number, Quantity quantity) {}

    private Examination(Task task, Duration limit) {
        this.task = task;
        cases = task.cases();
        guard = new Guard(limit);
    }

    /** Runs and judges. */
    static Report of(Task task, Duration limit) {
        Examination examination = new Examination(task, limit);
        examination.run();
        return examination.judge();
    }

    private void run() {
        try {
            guard.run(this::answerAll);
            guard.run(() -> {
                Prints.quietly();
                if (answers.size() == cases.size() && anyValue()) {
                    lookForMemories();
                    compareWithOwnForward();
                    library = task.libraryIn();
                }
            });
        } catch (Guard.TooSlow e) {
            tooSlow = e;
        }
    }

    /** All cases, unless the memory is full or the screen: that would come again each time. */
    private void answerAll() {
        for (Case each : cases) {
            answers.add(task.answer(each));
            Throwable thrown = answers.get(answers.size() - 1).of(Quantity.OUT).thrown();
            if (thrown instanceof OutOfMemoryError || thrown instanceof Prints.TooMuch) {
                return;
            }
        }
    }

    private void lookForMemories() {
        task.rememberedAcrossSizes().ifPresent(memories::add);
        for (int i = 0; i < cases.size(); i++) {
            if (answers.get(i).of(Quantity.OUT).isValue()) {
                task.remembered(cases.get(i), answers.get(i)).ifPresent(memories::add);
            }
        }
    }

    /** Where the forward pass is wrong, backward may still be its true gradient. */
    private void compareWithOwnForward() {
        for (int i = 0; i < cases.size(); i++) {
            for (Quantity quantity : task.quantities()) {
                boolean asks = quantity != Quantity.OUT
                        && !isRight(i, Quantity.OUT)
                        && has(i, quantity)
                        && !isRight(i, quantity);
                if (asks && task.isConsistent(quantity, cases.get(i), answers.get(i))) {
                    consistent.add(new Judged(i, quantity));
                }
            }
        }
    }

    private boolean has(int number, Quantity quantity) {
        return number < answers.size()
                && answers.get(number).reached(quantity)
                && answers.get(number).of(quantity).isValue();
    }

    /** Models are computed for it, so each answer is judged once. */
    private boolean isRight(int number, Quantity quantity) {
        return right.computeIfAbsent(new Judged(number, quantity), this::judgeOne);
    }

    private boolean judgeOne(Judged one) {
        int number = one.number;
        Quantity quantity = one.quantity;
        return number < answers.size()
                && answers.get(number).reached(quantity)
                && task.isRight(quantity, cases.get(number), answers.get(number).of(quantity))
                && (quantity == Quantity.OUT || sameShape(number));
    }

    /** Whether the forward pass gave what the library's gradients belong to. */
    private boolean sameShape(int number) {
        return cases.get(number).dout() == answers.get(number).dout();
    }

    private boolean isGood(int number, Quantity quantity) {
        return isRight(number, quantity) || consistent.contains(new Judged(number, quantity));
    }

    // ---- judging

    private Report judge() {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            String feature = Text.of(cases.get(i).feature().words());
            boolean alone = task.quantities().size() == 1;
            parts.merge(
                    alone ? feature : Text.of("%s: %s", Quantity.OUT.inWords(), feature),
                    isRight(i, Quantity.OUT),
                    Boolean::logicalAnd);
        }
        for (Quantity quantity : task.quantities()) {
            if (quantity != Quantity.OUT) {
                parts.put(part(quantity), isBackwardGood(quantity));
            }
        }
        findForward();
        findBackward();
        findByRunning();
        boolean clean = findings.stream()
                .noneMatch(finding -> finding.mistakes().stream()
                        .anyMatch(EnumSet.of(Mistake.INPUT_CHANGED, Mistake.REMEMBERS_FORMER_CALL)::contains));
        parts.put(
                Text.of("keeps its hands off its input and remembers nothing"),
                clean && tooSlow == null && !answers.isEmpty() && anyValue());
        if (!parts.containsValue(false)) {
            library.ifPresent(type -> findings.add(Finding.remark(
                    Text.of(task.name()), Text.of("this is the library's own %s", type.getSimpleName()))));
        }
        return new Report(task.name(), parts, findings, failure(), library.map(Class::getSimpleName));
    }

    private boolean anyValue() {
        return answers.stream().anyMatch(each -> each.of(Quantity.OUT).isValue());
    }

    /** What a quantity is called: a task that has only one of them is that quantity. */
    private String part(Quantity quantity) {
        return task.quantities().size() == 1 ? Text.of(task.name()) : quantity.inWords();
    }

    /** A gradient is judged wherever there was a forward pass. */
    private boolean isBackwardGood(Quantity quantity) {
        boolean any = false;
        for (int i = 0; i < cases.size(); i++) {
            if (i < answers.size() && has(i, Quantity.OUT)) {
                if (!isGood(i, quantity)) {
                    return false;
                }
                any = true;
            }
        }
        return any && tooSlow == null && memories.stream().noneMatch(memory -> memory.quantity() == quantity);
    }

    private Set<Reading> forwardReadings = Set.of();

    private void findForward() {
        List<Diagnosis.Evidence> evidence = new ArrayList<>();
        boolean allRight = true;
        for (int i = 0; i < answers.size(); i++) {
            boolean right = isRight(i, Quantity.OUT);
            allRight &= right;
            evidence.add(new Diagnosis.Evidence(cases.get(i), answers.get(i).of(Quantity.OUT), right));
        }
        if (allRight || tooSlow != null) {
            return;
        }
        List<Set<Reading>> fitting = new Diagnosis(task, Quantity.OUT, evidence).fitting(Set.of());
        forwardReadings = fitting.isEmpty() ? Set.of() : fitting.get(0);
        add(Quantity.OUT, fitting, evidence);
    }

    private void findBackward() {
        for (Quantity quantity : task.quantities()) {
            if (quantity == Quantity.OUT || tooSlow != null) {
                continue;
            }
            List<Diagnosis.Evidence> compared = new ArrayList<>(), own = new ArrayList<>();
            boolean allGood = true, anyOwn = false;
            for (int i = 0; i < answers.size(); i++) {
                if (!answers.get(i).reached(quantity)) {
                    continue;
                }
                boolean good = isGood(i, quantity);
                allGood &= good;
                anyOwn |= good && !isRight(i, quantity);
                Outcome yours = answers.get(i).of(quantity);
                if (sameShape(i)) {
                    compared.add(new Diagnosis.Evidence(cases.get(i), yours, isRight(i, quantity)));
                }
                own.add(new Diagnosis.Evidence(
                        cases.get(i).withGradient(answers.get(i).dout()), yours, good));
            }
            if (allGood) {
                if (anyOwn) {
                    findings.add(Finding.remark(
                            part(quantity),
                            Text.of("consistent with your forward pass: once that is right, look here again")));
                }
                continue;
            }
            List<Set<Reading>> fitting = new Diagnosis(task, quantity, compared).fitting(Set.of());
            if (fitting.isEmpty() && !forwardReadings.isEmpty()) {
                fitting = new Diagnosis(task, quantity, own).fitting(forwardReadings);
            }
            add(quantity, fitting, own);
        }
    }

    /** A finding about a quantity that is wrong. */
    private void add(Quantity quantity, List<Set<Reading>> fitting, List<Diagnosis.Evidence> evidence) {
        Diagnosis.Evidence first =
                evidence.stream().filter(each -> !each.right()).findFirst().orElseThrow();
        long wrong = evidence.stream().filter(each -> !each.right()).count();
        String words = Text.of(
                "wrong in %d of %d cases, first with %s",
                wrong, evidence.size(), Text.of(first.the().feature().words()));
        Set<Mistake> named = Diagnosis.named(fitting);
        if (!named.isEmpty()) {
            Set<String> which = new LinkedHashSet<>();
            fitting.get(0).forEach(reading -> which.add(reading.inWords()));
            boolean together = fitting.get(0).size() > 1 && fitting.size() == 1;
            if (together) {
                for (Reading reading : fitting.get(0)) {
                    findings.add(Finding.wrong(part(quantity), List.of(reading.mistake()), words, reading.inWords()));
                }
            } else {
                findings.add(Finding.wrong(
                        part(quantity),
                        List.copyOf(named),
                        words,
                        named.size() == 1 && fitting.get(0).size() == 1 ? String.join("; ", which) : ""));
            }
            return;
        }
        Optional<Diagnosis.Evidence> threw = evidence.stream()
                .filter(each -> !each.right() && !each.yours().isValue())
                .findFirst();
        boolean always = threw.isPresent();
        if (always) {
            findings.add(Finding.thrown(part(quantity), threw.get().yours().thrown()));
        }
        boolean values =
                evidence.stream().anyMatch(each -> !each.right() && each.yours().isValue());
        if (values && !always) {
            findings.add(Finding.wrong(part(quantity), List.of(), words, ""));
        }
    }

    private void findByRunning() {
        if (tooSlow != null) {
            String where = answers.size() < cases.size()
                    ? Text.of(cases.get(answers.size()).feature().words())
                    : Text.of("calls one after the other");
            findings.add(0, Finding.thrown(where, tooSlow));
        }
        Set<Mistake> seen = EnumSet.noneOf(Mistake.class);
        if (answers.stream().anyMatch(Answers::inputChanged)) {
            seen.add(Mistake.REMEMBERS_FORMER_CALL); // that a second pass differs follows from it
            findings.add(Finding.wrong(
                    Text.of(task.name()),
                    List.of(Mistake.INPUT_CHANGED),
                    Text.of("after the call the input holds other numbers"),
                    ""));
        }
        if (memories.stream().anyMatch(memory -> memory.mistake() == Mistake.GRADIENTS_ACCUMULATED)) {
            memories.removeIf(memory -> memory.quantity() != Quantity.OUT
                    && memory.mistake() == Mistake.REMEMBERS_FORMER_CALL); // it is what they accumulate
        }
        for (Task.Memory memory : memories) {
            if (seen.add(memory.mistake())) {
                findings.add(Finding.wrong(
                        part(memory.quantity()),
                        List.of(memory.mistake()),
                        Text.of("the same question gets another answer after a call in between"),
                        ""));
            }
        }
    }

    /** The first case with a wrong answer, forward before backward. */
    private Optional<Failure> failure() {
        for (Quantity quantity : task.quantities()) {
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).reached(quantity) && !isGood(i, quantity)) {
                    return Optional.of(new Failure(
                            part(quantity),
                            cases.get(i),
                            task.expected(quantity, cases.get(i)),
                            answers.get(i).of(quantity)));
                }
            }
        }
        return Optional.empty();
    }
}
