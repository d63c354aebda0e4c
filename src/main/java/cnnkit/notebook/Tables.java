package cnnkit.notebook;

import cnnkit.network.Summary;
import cnnkit.tensor.Text;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.table.Relation;

/** Tablesaw's tables as a reader wants them: aligned numbers of equal precision, blanks for what is missing, not too long. */
final class Tables {
    private static final int LONGEST = 20; // rows that are shown in full
    private static final int FIRST = 10; // of a longer table
    private static final int LAST = 5;
    private static final int MOST_DIGITS = 340; // behind the point, as Tablesaw has them

    private Tables() {}

    static String html(Relation table) {
        return table(table, table.name() == null ? "" : table.name(), false).html();
    }

    /** The ledger of a network, every layer of it; its last row is the totals. */
    static String ledger(Summary summary) {
        return table(summary.table(), Text.of("for one input %s", summary.inputShape()), true)
                .html();
    }

    /** The table as Tablesaw prints it, but with the same digits and signs in every country. */
    static String text(Relation table) {
        DecimalFormat plain = new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        plain.setMaximumFractionDigits(MOST_DIGITS);
        List<Column<?>> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            Column<?> copy = column.copy();
            if (copy instanceof NumericColumn<?> numbers) {
                numbers.setPrintFormatter(plain, "");
            } else if (copy instanceof StringColumn words) {
                words.set(words.isNotMissing(), words.map(Text::shown));
            }
            columns.add(copy.setName(Text.shown(copy.name())));
        }
        return Table.create(Text.shown(table.name()), columns.toArray(Column<?>[]::new))
                .toString();
    }

    private static HtmlTable table(Relation table, String caption, boolean totals) {
        List<String> names = new ArrayList<>();
        List<Boolean> numeric = new ArrayList<>();
        List<String> formats = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            names.add(column.name());
            numeric.add(column instanceof NumericColumn);
            formats.add(column instanceof NumericColumn<?> numbers ? format(numbers) : "");
        }
        List<List<String>> rows = new ArrayList<>();
        int count = table.rowCount();
        boolean whole = count <= LONGEST || totals;
        for (int row = 0; row < count; row++) {
            if (!whole && row == FIRST) {
                rows.add(table.columns().stream().map(column -> "…").toList());
                row = count - LAST;
            }
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                cells.add(text(table.column(column), row, formats.get(column)));
            }
            rows.add(cells);
        }
        String note = !whole || count == 0 ? Text.of("%,d rows", count) : "";
        return new HtmlTable(caption, names, numeric, rows, totals, note);
    }

    private static String text(Column<?> column, int row, String format) {
        if (column.isMissing(row)) {
            return "";
        }
        if (column instanceof LongColumn longs) {
            return minus(Text.of(format, longs.getLong(row))); // a double has not enough digits
        }
        return column instanceof NumericColumn<?> numbers
                ? minus(Text.of(format, numbers.getDouble(row)))
                : column.getString(row);
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }

    /** One format for a column: whole numbers without decimals, others with about four digits that count. */
    private static String format(NumericColumn<?> column) {
        if (column instanceof LongColumn) {
            return "%,d";
        }
        boolean whole = true;
        double largest = 0;
        for (int row = 0; row < column.size(); row++) {
            double value = column.isMissing(row) ? 0 : column.getDouble(row);
            whole &= value == Math.rint(value);
            largest = Double.isInfinite(value) ? largest : Math.max(largest, Math.abs(value));
        }
        if (whole && largest < 1e15) {
            return "%,.0f";
        } else if (largest >= 1e7 || largest < 1e-3) {
            return "%.3e";
        }
        return largest >= 1000 ? "%,.1f" : largest >= 10 ? "%,.2f" : largest >= 0.1 ? "%.4f" : "%.6f";
    }
}
