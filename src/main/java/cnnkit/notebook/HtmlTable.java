package cnnkit.notebook;

import cnnkit.tensor.Text;
import java.util.List;

/**
 * A table with inline style only: it takes the colours of the page, light or dark, and survives where style sheets are
 * stripped.
 *
 * @param caption above the table; may be empty
 * @param columns their names, in order
 * @param numeric which columns stand at the right
 * @param rows the cells as text
 * @param totals whether the last row sums up the others
 * @param note below the table; may be empty
 */
record HtmlTable(
        String caption,
        List<String> columns,
        List<Boolean> numeric,
        List<List<String>> rows,
        boolean totals,
        String note) {
    private static final String RULE = "1px solid #888888";

    String html() {
        StringBuilder html = new StringBuilder();
        html.append("<table style=\"border-collapse: collapse; margin: 0.5em 0; font-variant-numeric: tabular-nums\">");
        if (!caption.isEmpty()) {
            html.append("<caption style=\"caption-side: top; text-align: left; font-weight: bold; padding: 4px 0\">")
                    .append(Html.escape(caption))
                    .append("</caption>");
        }
        html.append("<thead><tr>");
        for (int column = 0; column < columns.size(); column++) {
            cell(html, "th", column, "border-bottom: " + RULE + "; font-weight: bold", columns.get(column));
        }
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < rows.size(); row++) {
            boolean total = totals && row == rows.size() - 1;
            html.append("<tr>");
            for (int column = 0; column < columns.size(); column++) {
                String extra = total ? "border-top: " + RULE + "; font-weight: bold" : "";
                cell(html, "td", column, extra, rows.get(row).get(column));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (!note.isEmpty()) {
            html.append("<div style=\"font-size: 90%\">")
                    .append(Html.escape(note))
                    .append("</div>");
        }
        return html.toString();
    }

    private void cell(StringBuilder html, String tag, int column, String extra, String text) {
        html.append(Text.of(
                        "<%s style=\"text-align: %s; padding: 3px 12px; %s\">",
                        tag, numeric.get(column) ? "right" : "left", extra))
                .append(Html.escape(text))
                .append("</")
                .append(tag)
                .append('>');
    }
}
