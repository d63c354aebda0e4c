package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnnkit.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    @TempDir
    Path folder;

    /** A picture of one grey. */
    private Path grey(String path, int value, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value);
        }
        return write(path, image);
    }

    private Path write(String path, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void everySubFolderIsAClassAndNamesGiveTheOrder() throws IOException {
        Path dog = grey("dog/a.png", 30, 3, 2);
        Path second = grey("cat/b.png", 20, 3, 2);
        Path first = grey("cat/a.png", 10, 3, 2);
        Path tenth = grey("cat/10.png", 15, 3, 2);
        Files.writeString(folder.resolve("cat").resolve(".hidden"), "left out");
        PictureFolder loaded = PictureFolder.load(folder, 1);
        assertEquals(
                "Dataset of 4 images [1, 2, 3] in 2 classes", loaded.images().toString());
        assertEquals(List.of("cat", "dog"), loaded.classNames());
        assertEquals(List.of(tenth, first, second, dog), loaded.files());
        assertArrayEquals(shape(0, 0, 0, 1), loaded.images().labels());
        assertEquals(Tensor.filled(20 / 255f, 1, 2, 3), loaded.images().image(2));
        assertEquals(Tensor.filled(30 / 255f, 1, 2, 3), loaded.images().image(3));
    }

    @Test
    void picturesCanBeReadInColour() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x3366cc);
        write("a/1.png", image);
        Dataset colour = PictureFolder.load(folder, 3).images();
        assertEquals(Tensor.of(new float[] {0.2f, 0, 0.4f, 0, 0.8f, 0}, 3, 1, 2), colour.image(0));
        assertArrayEquals(shape(1, 1, 2), PictureFolder.load(folder, 1).images().imageShape());
        fails(
                IllegalArgumentException.class,
                "PictureFolder: expected 1 channel (grey) or 3 (red, green, blue) but got 4",
                () -> PictureFolder.load(folder, 4));
    }

    @Test
    void aFolderOfPicturesOnlyIsOneClass() throws IOException {
        grey("mine/2.png", 2, 4, 4);
        grey("mine/1.png", 1, 4, 4);
        PictureFolder loaded = PictureFolder.load(folder.resolve("mine"), 1);
        assertEquals(List.of("mine"), loaded.classNames());
        assertArrayEquals(shape(0, 0), loaded.images().labels());
        assertEquals(1 / 255f, loaded.images().image(0).get(0, 0, 0));
    }

    /** "é" is one character in most file systems' names, and "e" with an accent behind it in those from a Mac. */
    @Test
    void labelsDoNotDependOnHowAccentsAreWritten() throws IOException {
        String composed = "\u00e9clair", decomposed = "e\u0301clair";
        for (String name : new String[] {composed, decomposed}) {
            Path here = Path.of("in " + name.length() + " characters");
            grey(here.resolve("fraise").resolve("1.png").toString(), 10, 3, 2);
            grey(here.resolve(name).resolve("1.png").toString(), 20, 3, 2);
            grey(here.resolve(name).resolve("z.png").toString(), 30, 3, 2);
            grey(here.resolve(name).resolve(name + ".png").toString(), 40, 3, 2);
            PictureFolder loaded = PictureFolder.load(folder.resolve(here), 1);
            assertEquals(List.of("fraise", composed), loaded.classNames());
            assertArrayEquals(shape(0, 1, 1, 1), loaded.images().labels());
            assertEquals(40 / 255f, loaded.images().image(3).get(0, 0, 0), "the file with the accent is the last");
        }
        Path both = folder.resolve("both");
        grey("both/" + composed + "/1.png", 0, 3, 2);
        grey("both/" + decomposed + "/1.png", 0, 3, 2);
        try (var entries = Files.list(both)) {
            assumeTrue(entries.count() == 2, "this file system takes them for one name");
        }
        fails(
                IOException.class,
                "two folders of " + both + " have the name " + composed
                        + ", with its accents written in two ways: put their pictures into one",
                () -> PictureFolder.load(both, 1));
    }

    @Test
    void whatFileManagersLeaveBehindIsNoPicture() throws IOException {
        grey("a/1.png", 0, 4, 4);
        for (String name : new String[] {".DS_Store", "Thumbs.db", "desktop.ini"}) {
            Files.writeString(folder.resolve("a").resolve(name), "left behind");
            Files.writeString(folder.resolve(name), "left behind");
        }
        assertEquals(1, PictureFolder.load(folder, 1).images().size());
    }

    @Test
    void morePicturesThanADatasetCanHoldAreCounted() {
        String message = assertThrows(IOException.class, () -> PictureFolder.pixels(50_000, 3, 1_000, 2_000))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "50,000 pictures, 2,000 wide and 1,000 high, with 3 channels take 286,102 MB; Java has "),
                message);
    }

    @Test
    void anInterruptStopsItAndSaysWhere() throws IOException {
        grey("1/1.png", 0, 4, 4);
        Path second = grey("1/2.png", 0, 4, 4);
        for (ThrowingSupplier<PictureFolder> load : List.<ThrowingSupplier<PictureFolder>>of(
                () -> PictureFolder.load(folder, 1), () -> PictureFolder.digits(folder))) {
            Thread.currentThread().interrupt();
            String message =
                    assertThrows(InterruptedIOException.class, load::get).getMessage();
            assertTrue(message.contains("interrupted"), message);
            assertFalse(message.contains(second.toString()), "at the first picture: " + message);
            Thread.interrupted();
        }
        assertEquals(2, PictureFolder.load(folder, 1).images().size());
    }

    @Test
    void whatAPictureFolderHoldsCannotBeChanged() throws IOException {
        grey("a/1.png", 0, 4, 4);
        PictureFolder loaded = PictureFolder.load(folder, 1);
        List<String> names = new ArrayList<>(loaded.classNames());
        PictureFolder copy = new PictureFolder(loaded.images(), names, loaded.files());
        names.set(0, "changed");
        assertEquals(List.of("a"), copy.classNames());
        assertThrows(UnsupportedOperationException.class, () -> loaded.files().clear());
    }

    @Test
    void aPictureOfAnotherSizeIsNamedWithBothSizes() throws IOException {
        Path first = grey("a/1.png", 0, 28, 28);
        grey("b/1.png", 0, 28, 28);
        Path other = grey("b/2.png", 0, 28, 30);
        fails(
                IOException.class,
                other + " is 28 pixels wide and 30 high but " + first
                        + " is 28 wide and 28 high: all pictures must have one size",
                () -> PictureFolder.load(folder, 1));
        Path wide = grey("b/2.png", 0, 29, 28);
        fails(
                IOException.class,
                wide + " is 29 pixels wide and 28 high but " + first
                        + " is 28 wide and 28 high: all pictures must have one size",
                () -> PictureFolder.load(folder, 1));
    }

    @Test
    void whatIsNotAPictureIsNamed() throws IOException {
        grey("a/1.png", 0, 4, 4);
        Path note = Files.writeString(folder.resolve("a").resolve("note.txt"), "from a friend");
        fails(
                IOException.class,
                note + ": not a picture that can be read here: expected PNG, JPEG or GIF",
                () -> PictureFolder.load(folder, 1));
        Files.delete(note);
        Path inner = Files.createDirectories(folder.resolve("a").resolve("more"));
        fails(
                IOException.class,
                inner + " is a folder inside the folder of a class: expected pictures only",
                () -> PictureFolder.load(folder, 1));
    }

    @Test
    void aFileBesideTheClassesHasNoLabel() throws IOException {
        grey("a/1.png", 0, 4, 4);
        Path stray = grey("stray.png", 0, 4, 4);
        fails(
                IOException.class,
                stray + " lies beside the folders of the classes (a, ...): move it into one of them, or out of "
                        + folder,
                () -> PictureFolder.load(folder, 1));
    }

    @Test
    void anEmptyClassAndAMissingFolderAreNamed() throws IOException {
        grey("a/1.png", 0, 4, 4);
        Path empty = Files.createDirectories(folder.resolve("b"));
        String message = ": there is no picture in this folder: expected PNG, JPEG or GIF files";
        fails(IOException.class, empty + message, () -> PictureFolder.load(folder, 1));
        fails(IOException.class, empty + message, () -> PictureFolder.load(empty, 1));
        Path none = folder.resolve("none");
        fails(
                NotDirectoryException.class,
                none + ": there is no such folder of pictures",
                () -> PictureFolder.load(none, 1));
    }
}
