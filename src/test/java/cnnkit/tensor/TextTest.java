package cnnkit.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest(name = "in {0}")
    @ValueSource(strings = {"en-US", "de-DE", "zh-CN", "fr-FR", "ar-EG", "fa-IR"})
    void numbersReadTheSameInEveryCountry(String country) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(country));
        try {
            assertEquals("9,912,422 bytes, 98.07 %", Text.of("%,d bytes, %.2f %%", 9_912_422, 98.07));
            if (country.equals("de-DE")) {
                assertNotEquals("9,912,422", String.format("%,d", 9_912_422)); // this locale would show
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
