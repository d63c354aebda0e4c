package cnnkit.plot;

import java.util.List;

/**
 * What is written around cells.
 *
 * @param title over the whole; lines are separated by line feeds
 * @param captions over the panels, or fewer
 * @param rows at the left of each row, or none
 * @param columns over each column, or none
 * @param rowName what the rows are; may be empty
 * @param columnName what the columns are; may be empty
 */
record CellLabels(
        String title,
        List<String> captions,
        List<String> rows,
        List<String> columns,
        String rowName,
        String columnName) {
    String caption(int panel) {
        return panel < captions.size() ? captions.get(panel) : "";
    }
}
