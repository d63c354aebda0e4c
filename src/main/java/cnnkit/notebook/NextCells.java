package cnnkit.notebook;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jdk.jshell.SnippetEvent;

/** Says once in each cell what the cells behind a stopped training have to know. */
final class NextCells implements Consumer<SnippetEvent> {
    private final Supplier<Optional<String>> words;
    private final IntSupplier cell;
    private final Consumer<String> tell;
    private int saidIn = -1;

    /**
     * @param words what there is to say now, if anything
     * @param cell the number of the cell that is running
     * @param tell says it
     */
    NextCells(Supplier<Optional<String>> words, IntSupplier cell, Consumer<String> tell) {
        this.words = words;
        this.cell = cell;
        this.tell = tell;
    }

    @Override
    public void accept(SnippetEvent event) {
        int number = cell.getAsInt();
        if (event.causeSnippet() == null && number != saidIn) {
            words.get().ifPresent(text -> {
                saidIn = number;
                tell.accept("cnnkit: " + text);
            });
        }
    }
}
