package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.AlexNet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {
    /** What stands in the cells, in order. */
    private static List<String> cells(String html) {
        List<String> cells = new ArrayList<>();
        Matcher matcher = Pattern.compile("<td[^>]*>([^<]*)</td>").matcher(html);
        while (matcher.find()) {
            cells.add(matcher.group(1));
        }
        return cells;
    }

    @Test
    void numbersStandAtTheRightWithCommasTextAtTheLeft() {
        String html = Tables.html(Table.create(
                "ledger", StringColumn.create("layer", "Conv1"), IntColumn.create("parameters", new int[] {432_100})));
        assertEquals(List.of("Conv1", "432,100"), cells(html));
        assertTrue(html.contains("<td style=\"text-align: left; padding: 3px 12px; \">Conv1"), html);
        assertTrue(html.contains("<td style=\"text-align: right; padding: 3px 12px; \">432,100"), html);
        assertTrue(html.contains(">ledger</caption>"), html);
    }

    @Test
    void theNumbersOfAColumnHaveTheSameDecimals() {
        assertEquals(
                List.of("0.5000", "−0.1235"),
                cells(Tables.html(Table.create(DoubleColumn.create("loss", 0.5, -0.123456)))));
        assertEquals(
                List.of("12.00", "3.46"), cells(Tables.html(Table.create(DoubleColumn.create("seconds", 12, 3.456)))));
        assertEquals(List.of("3", "12"), cells(Tables.html(Table.create(DoubleColumn.create("whole", 3, 12)))));
        assertEquals(List.of("1.500e−05"), cells(Tables.html(Table.create(DoubleColumn.create("error", 1.5e-5)))));
    }

    @Test
    void longIntegersKeepAllTheirDigits() {
        assertEquals(
                List.of("9,007,199,254,740,993", "−9,223,372,036,854,775,807", ""),
                cells(Tables.html(Table.create(
                        LongColumn.create("n", 9_007_199_254_740_993L, -Long.MAX_VALUE, Long.MIN_VALUE)))));
        String text = Tables.text(Table.create(LongColumn.create("n", 9_007_199_254_740_993L)));
        assertTrue(text.contains("9007199254740993"), text);
    }

    @Test
    void theTextOfATableIsThatOfTablesaw() {
        Table table = Table.create(
                "t",
                StringColumn.create("s", "a", "b"),
                IntColumn.create("i", 1234, -5),
                DoubleColumn.create("d", 1234.5, Double.NaN));
        assertEquals(table.toString(), Tables.text(table));
    }

    @Test
    void whatIsMissingIsBlank() {
        assertEquals(
                List.of("0.9000", ""),
                cells(Tables.html(Table.create(DoubleColumn.create("accuracy", 0.9, Double.NaN)))));
    }

    @Test
    void namesAndTextAreEscaped() {
        String html = Tables.html(Table.create("a & b", StringColumn.create("x < y", "<script>")));
        assertTrue(html.contains("a &amp; b") && html.contains("x &lt; y") && html.contains("&lt;script&gt;"), html);
        assertFalse(html.contains("<script"), html);
    }

    @Test
    void aLongTableShowsItsFirstAndLastRowsAndTellsHowManyThereAre() {
        int[] numbers = IntStream.range(0, 1234).toArray();
        String html = Tables.html(Table.create("long", IntColumn.create("n", numbers)));
        List<String> cells = cells(html);
        assertEquals(10 + 1 + 5, cells.size());
        assertEquals(List.of("8", "9", "…", "1,229"), cells.subList(8, 12));
        assertEquals("1,233", cells.get(15));
        assertTrue(html.contains("1,234 rows"), html);
    }

    @Test
    void aTableOfTwentyRowsIsShownInFull() {
        String html = Tables.html(
                Table.create(IntColumn.create("n", IntStream.range(0, 20).toArray())));
        assertEquals(20, cells(html).size());
        assertFalse(html.contains("rows"), html);
    }

    @Test
    void anEmptyTableSaysSo() {
        assertTrue(Tables.html(Table.create("none", IntColumn.create("n"))).contains("0 rows"));
    }

    @Test
    void theLedgerEndsInBoldTotals() {
        String html = Tables.ledger(Runs.network().summary());
        assertTrue(html.contains("for one input [1, 4, 4]"), html);
        assertTrue(html.contains("font-weight: bold\">total</td>"), html);
    }

    @Test
    void aLongLedgerIsShownInFull() {
        String html = Tables.ledger(AlexNet.small().build(1).summary());
        List<String> cells = cells(html);
        assertEquals(6 * (22 + 1), cells.size());
        assertFalse(cells.contains("…"), html);
        assertFalse(html.contains("rows"), html);
    }

    @Test
    void onlyInlineStyleIsUsed() {
        String html = Tables.ledger(Runs.network().summary());
        assertFalse(html.contains("<style") || html.contains("class=") || html.contains("<script"), html);
    }
}
