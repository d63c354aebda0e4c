package cnnkit.plot.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "-0.0 | 0",
                "12 | 12",
                "432100 | 432,100",
                "-1.25 | −1.25",
                "0.05 | 0.05",
                "0.123456 | 0.123",
                "98.21 | 98.2",
                "1e-5 | 10⁻⁵",
                "-2.5e-12 | −2.5·10⁻¹²",
                "3e9 | 3·10⁹",
                "NaN | ?",
                "-Infinity | −∞"
            })
    void numbersAreShortWithARealMinusSign(double value, String text) {
        assertEquals(text, Numbers.text(value));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1, 0.5", "-0.04, 1, 0.0", "-0.06, 1, −0.1", "2, 2, 2.00"})
    void decimalsCanBeFixed(double value, int decimals, String text) {
        assertEquals(text, Numbers.text(value, decimals));
    }

    @ParameterizedTest
    @CsvSource({"0.001, 10⁻³", "0.01, 0.01", "1000, '1,000'", "0, 0", "0.002, 0.002"})
    void ticksWriteSmallPowersOfTenAsSuch(double value, String text) {
        assertEquals(text, Numbers.tick(value));
    }

    @ParameterizedTest
    @CsvSource({"-12.25, −12.25", "-0.00001, 0", "1234.5, '1,234.5'", "10000000, '10,000,000'", "0, 0", "NaN, ?"})
    void placesOnAnAxisKeepTheirDigitsAndHaveARealMinusSign(double value, String text) {
        assertEquals(text, Numbers.place(value));
    }

    /** 0.989 and 0.9895 must not both be 0.989. */
    @ParameterizedTest
    @CsvSource({
        "1979, 0.0005, 0.9895",
        "2000, 0.0005, 1",
        "3, 0.05, 0.15",
        "1, 0.25, 0.25",
        "-3, 0.5, −1.5",
        "0, 0.2, 0",
        "1, 0.001, 0.001",
        "3, 0.1, 0.3",
        "12, 100, '1,200'",
        "5000001, 1e-7, 0.5000001",
        "3, 1e-10, 3·10⁻¹⁰",
        "3, 2e9, 6·10⁹"
    })
    void ticksOfALinearAxisHaveTheDigitsOfTheirStep(long tick, double step, String text) {
        assertEquals(text, Numbers.tick(tick, step));
    }
}
