package cnnkit.plot.card;

import cnnkit.tensor.Text;
import java.util.Arrays;

/** How numbers are written in figures: short, with a real minus sign and commas between thousands. */
public final class Numbers {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static final int MOST_DECIMALS = 7; // at a tick; smaller steps are written as powers of ten
    private static final double MISLEADING = 0.05; // of a number, by which rounding may change it
    private static final double SMALL = 0.1; // of the largest number beside it

    private Numbers() {}

    /**
     * About three significant digits: 0, 12, 0.05, −1.25, 432,100, 1.2·10⁻⁵.
     *
     * @param value any number
     * @return ? for NaN
     */
    public static String text(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "?";
        } else if (Double.isInfinite(value)) {
            return minus(value > 0 ? "∞" : "-∞");
        } else if (size >= 1e7 || (size > 0 && size < 1e-3)) {
            return scientific(value);
        } else if (value == Math.rint(value)) {
            return minus(Text.of("%,.0f", value + 0.0)); // -0 becomes 0
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5;
        return minus(withoutTrailingZeros(Text.of("%,." + decimals + "f", value)));
    }

    /**
     * At the tick of an axis: as ever, but small powers of ten as such, so that a logarithmic axis is written in one way.
     *
     * @param value any number
     * @return the label
     */
    public static String tick(double value) {
        double exponent = Math.log10(value);
        boolean power = value > 0 && value < 0.005 && Math.abs(exponent - Math.rint(exponent)) < 1e-9;
        return power ? power((int) Math.rint(exponent)) : text(value);
    }

    /**
     * At the tick of a linear axis with ticks at the multiples of a step: with as many decimals as the step has, up to seven, so
     * that neighbours are told apart; beyond ten millions, and with smaller steps, as ever.
     *
     * @param tick how many steps from 0
     * @param step above 0
     * @return the label
     */
    public static String tick(long tick, double step) {
        double value = tick * step;
        int decimals = 0;
        while (decimals < MOST_DECIMALS && !isWhole(step * Math.pow(10, decimals))) {
            decimals++;
        }
        boolean plain = isWhole(step * Math.pow(10, decimals)) && Math.abs(value) < 1e7;
        return plain ? withoutTrailingZeros(text(value, decimals)) : text(value);
    }

    private static boolean isWhole(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-6 * value;
    }

    /**
     * At the tick of a linear axis on which places are read: all digits, up to four decimals.
     *
     * @param value any number
     * @return the label
     */
    public static String place(double value) {
        return Double.isFinite(value) ? withoutTrailingZeros(text(value, 4)) : text(value);
    }

    /**
     * With a fixed number of decimals.
     *
     * @param value any number
     * @param decimals from 0
     * @return the text
     */
    public static String text(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return text(value);
        }
        String text = Text.of("%,." + decimals + "f", value);
        return minus(text.matches("-0[.0]*") ? text.substring(1) : text);
    }

    /**
     * How many decimals numbers that stand together need, all the same: those that are wanted, or up to two more where
     * rounding would tell another number: 1/9 with one decimal is 0.11, not 0.1. What is small beside the largest one may
     * become 0.
     *
     * @param values that stand together
     * @param wanted decimals, from 0
     * @return the fewest, from wanted to wanted + 2, that mislead about none; wanted if even two more do
     */
    public static int honestDecimals(double[] values, int wanted) {
        double largest = Arrays.stream(values)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        for (int decimals = wanted; decimals <= wanted + 2; decimals++) {
            double unit = Math.pow(10, -decimals);
            if (Arrays.stream(values)
                    .filter(value -> Math.abs(value) >= SMALL * largest)
                    .noneMatch(
                            value -> Math.abs(Math.rint(value / unit) * unit - value) > MISLEADING * Math.abs(value))) {
                return decimals;
            }
        }
        return wanted;
    }

    private static String scientific(double value) {
        String[] parts = Text.of("%.1e", value).split("e");
        String factor = withoutTrailingZeros(parts[0]);
        String power = power(Integer.parseInt(parts[1]));
        return minus(factor.equals("1") ? power : factor.equals("-1") ? "-" + power : factor + "·" + power);
    }

    /** 10 to the given exponent, in superscripts. */
    private static String power(int exponent) {
        StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }

    private static String withoutTrailingZeros(String text) {
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
