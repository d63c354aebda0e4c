package cnnkit.data;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A dataset made of the pictures in a folder: PNG, JPEG or GIF files, all of one size, one sub-folder for each class.
 * <pre>
 *     animals/cat/1.png         var animals = PictureFolder.load(Path.of("animals"), 3);
 *     animals/cat/2.png         animals.images()        3 images [3, H, W] in 2 classes
 *     animals/dog/1.png         animals.classNames()    cat, dog: label 0 is cat, label 1 is dog
 * </pre>
 * Classes and files are taken in the order of their names, as text: "10" comes before "2", "Z" before "a". The order is
 * the same on every machine, in every country, and whether an accent is a character of its own in a name or not. A
 * folder without sub-folders is one class: there is nothing to tell apart, but a network can look at its pictures.
 * Hidden files are left out, and those that file managers leave behind; any other file that is not a picture is an
 * error, because nobody would miss a picture that was left out silently.
 *
 * @param images the pictures; held as bytes, but for prepared digits
 * @param classNames the name of each label, in composed characters (Unicode's form NFC) whatever the file system has
 * @param files where the images came from: {@code files().get(i)} is the file of image i
 */
public record PictureFolder(Dataset images, List<String> classNames, List<Path> files) {
    /**
     * Pictures with what is known of them.
     *
     * @param images the pictures
     * @param classNames the name of each label; copied
     * @param files where each image came from; copied
     */
    public PictureFolder {
        classNames = List.copyOf(classNames);
        files = List.copyOf(files);
    }

    private static final List<String> LEFT_BEHIND = List.of("Thumbs.db", "desktop.ini", "__MACOSX");
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /**
     * Loads all pictures of a folder.
     *
     * @param folder with a sub-folder for each class, or with pictures only
     * @param channels C: 1 for grey images, 3 for red, green and blue
     * @return the images, (C, H, W), ordered by class and name
     * @throws IOException if a file is not a picture, is damaged, or has another size than the first one, naming it; if
     *     the pictures need more memory than there is; or if the thread is interrupted
     * @throws IllegalArgumentException if channels is neither 1 nor 3
     */
    public static PictureFolder load(Path folder, int channels) throws IOException {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(Text.error(
                    "PictureFolder: expected 1 channel (grey) or 3 (red, green, blue) but got %s", channels));
        }
        List<Path> classes = classFolders(folder);
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            addPictures(classes.get(label), label, files, labels);
        }
        List<String> names = names(classes);
        Dataset images = dataset(files, ints(labels), classes.size(), channels);
        return new PictureFolder(images, names, files);
    }

    /**
     * Loads digits of a learner's own, photographs or drawings of any size, each prepared as {@link OwnDigit} does it:
     * images to measure a network on that has learned from MNIST, or to let it learn more.
     *
     * @param folder with sub-folders named 0 to 9 (not all need be there), each with pictures of that digit
     * @return the images, (1, 28, 28), in 10 classes: the label is the digit
     * @throws IOException if a sub-folder is not named so, or a file is not a picture or is damaged, naming it; or
     *     if the thread is interrupted
     * @throws IllegalArgumentException if there is no ink in a picture or its stroke is too wide, naming its file
     */
    public static PictureFolder digits(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path digit : classFolders(folder)) {
            if (!DIGITS.contains(name(digit))) {
                throw new IOException(
                        Text.error("%s: expected folders named 0 to 9, each with pictures of that digit", digit));
            }
            addPictures(digit, DIGITS.indexOf(name(digit)), files, labels);
        }
        Tensor images = Tensor.zeros(files.size(), 1, OwnDigit.SIZE, OwnDigit.SIZE);
        for (int i = 0; i < files.size(); i++) {
            stopIfInterrupted(i, files);
            float[] values = OwnDigit.fromFile(files.get(i)).data();
            System.arraycopy(values, 0, images.data(), i * values.length, values.length);
        }
        return new PictureFolder(Dataset.of(images, ints(labels), DIGITS.size()), DIGITS, files);
    }

    private static List<String> names(List<Path> classes) throws IOException {
        List<String> names = classes.stream().map(PictureFolder::name).toList();
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i).equals(names.get(i - 1))) { // equal ones lie side by side
                throw new IOException(Text.error(
                        "two folders of %s have the name %s, with its accents written in two ways: put their pictures into one",
                        classes.get(i).toAbsolutePath().getParent(), names.get(i)));
            }
        }
        return names;
    }

    private static void addPictures(Path classFolder, int label, List<Path> files, List<Integer> labels)
            throws IOException {
        List<Path> pictures = pictures(classFolder);
        files.addAll(pictures);
        labels.addAll(Collections.nCopies(pictures.size(), label));
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Dataset dataset(List<Path> files, int[] labels, int classes, int channels) throws IOException {
        BufferedImage first = PictureFile.read(files.get(0));
        int height = first.getHeight(), width = first.getWidth();
        byte[] pixels = pixels(files.size(), channels, height, width); // (N, C, H, W)
        for (int i = 0; i < files.size(); i++) {
            stopIfInterrupted(i, files);
            Path file = files.get(i);
            byte[] values = PictureFile.read(file, image -> {
                if (image.getHeight() != height || image.getWidth() != width) {
                    throw new IOException(Text.error(
                            "%s is %d pixels wide and %d high but %s is %d wide and %d high: all pictures must have one size",
                            file, image.getWidth(), image.getHeight(), files.get(0), width, height));
                }
                return Samples.of(image, channels);
            });
            System.arraycopy(values, 0, pixels, i * values.length, values.length);
        }
        return Dataset.ofOwn(pixels, labels, classes, channels, height, width);
    }

    /** Room for all pictures. */
    static byte[] pixels(int count, int channels, int height, int width) throws IOException {
        long bytes = (long) count * channels * height * width;
        try {
            return new byte[Math.toIntExact(bytes)];
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw new IOException(
                    Text.error(
                            "%,d pictures, %,d wide and %,d high, with %d channels take %,d MB; Java has %,d MB, and a dataset at most 2,047: make the pictures smaller",
                            count,
                            width,
                            height,
                            channels,
                            bytes >> 20,
                            Runtime.getRuntime().maxMemory() >> 20),
                    e);
        }
    }

    private static void stopIfInterrupted(int done, List<Path> files) throws InterruptedIOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException(Text.error(
                    "interrupted after %,d of %,d pictures, before %s: none is kept",
                    done, files.size(), files.get(done)));
        }
    }

    /** The sub-folders; the folder itself if it has none. */
    private static List<Path> classFolders(Path folder) throws IOException {
        List<Path> inside = list(folder);
        List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
        if (folders.isEmpty()) {
            return List.of(folder);
        }
        for (Path file : inside) {
            if (!Files.isDirectory(file)) {
                throw new IOException(Text.error(
                        "%s lies beside the folders of the classes (%s, ...): move it into one of them, or out of %s",
                        file, name(folders.get(0)), folder));
            }
        }
        return folders;
    }

    private static List<Path> pictures(Path classFolder) throws IOException {
        List<Path> files = list(classFolder);
        if (files.isEmpty()) {
            throw new IOException(
                    Text.error("%s: there is no picture in this folder: expected PNG, JPEG or GIF files", classFolder));
        }
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                throw new IOException(
                        Text.error("%s is a folder inside the folder of a class: expected pictures only", file));
            }
        }
        return files;
    }

    /** What is in a folder, hidden files apart, in the order of the names on every machine. */
    private static List<Path> list(Path folder) throws IOException {
        Objects.requireNonNull(folder, "PictureFolder: folder is null");
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(Text.error("%s: there is no such folder of pictures", folder));
        }
        List<Path> shown = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!isHidden(path)) {
                    shown.add(path);
                }
            }
        }
        shown.sort(Comparator.comparing(PictureFolder::name).thenComparing(Path::toString));
        return shown;
    }

    /** By the customs of all systems, so that a folder is the same dataset on each. */
    private static boolean isHidden(Path path) throws IOException {
        String name = path.getFileName().toString();
        return name.startsWith(".") || LEFT_BEHIND.contains(name) || Files.isHidden(path);
    }

    /** In one form: "é" is one character in most file names, and "e" with an accent behind it in those of a Mac. */
    private static String name(Path path) {
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
