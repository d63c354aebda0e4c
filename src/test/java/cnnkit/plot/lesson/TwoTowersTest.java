package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.AlexNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import org.junit.jupiter.api.Test;

class TwoTowersTest {
    @Test
    void convolutionsInTwoGroupsDoNotTalkToTheOtherCard() {
        assertEquals(
                "Two rows of 8 layers, half of each on either card; the cards must exchange what they have computed before "
                        + "Conv3, Affine1, Affine2, Affine3",
                TwoTowers.of(AlexNet.small().build(1)).toString());
    }

    @Test
    void linesCrossBetweenTheCardsAndNothingIsCutOff() {
        Figure figure = TwoTowers.of(AlexNet.small().build(1))
                .title("AlexNet on two cards")
                .figure();
        var crossing = Pixels.box(figure.image(), Style.VERMILION);
        assertTrue(crossing.getHeight() > 100 * Figure.SCALE, "from card to card: " + crossing);
        assertTrue(Pixels.box(figure.image(), Style.BLUE).getMaxX()
                < figure.image().getWidth());
    }

    @Test
    void whatCannotBeHalvedIsRefused() {
        Network odd = LeNet.builder().classes(9).build(1);
        fails(
                IllegalArgumentException.class,
                "TwoTowers: Affine Affine3 cannot be shared by two cards: expected at most 2 groups and an even number of maps "
                        + "but got 1 groups and 9 maps",
                () -> TwoTowers.of(odd));
    }
}
