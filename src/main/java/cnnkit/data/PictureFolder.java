package cnnkit.data;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dataset made of the pictures in a folder: PNG, JPEG or GIF files, all of one size, one sub-folder for each class.
 * <pre>
 *     animals/cat/1.png         var animals = PictureFolder.load(Path.of("animals"), 3);
 *     animals/cat/2.png         animals.images()        3 images [3, H, W] in 2 classes
 *     animals/dog/1.png         animals.classNames()    cat, dog: label 0 is cat, label 1 is dog
 * </pre>
 * Classes and files are taken in the order of their names, as text: "10" comes before "2". A folder without sub-folders
 * is one class: there is nothing to tell apart, but a network can look at its pictures. Hidden files are left out; any
 * other file that is not a picture is an error, because nobody would miss a picture that was left out silently.
 *
 * @param images the pictures, held as bytes
 * @param classNames the name of each label
 * @param files where the images came from: {@code files().get(i)} is the file of image i
 */
public record PictureFolder(Dataset images, List<String> classNames, List<Path> files) {

    /**
     * Loads all pictures of a folder.
     *
     * @param folder with a sub-folder for each class, or with pictures only
     * @param channels C: 1 for grey images, 3 for red, green and blue
     * @return the images, (C, H, W), ordered by class and name
     * @throws IOException if a file is not a picture, is damaged, or has another size than the first one, naming it
     * @throws IllegalArgumentException if channels is neither 1 nor 3
     */
    public static PictureFolder load(Path folder, int channels) throws IOException {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "PictureFolder: expected 1 channel (grey) or 3 (red, green, blue) but got " + channels);
        }
        List<Path> classes = classFolders(folder);
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Path> pictures = pictures(classes.get(label));
            files.addAll(pictures);
            labels.addAll(Collections.nCopies(pictures.size(), label));
        }
        int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
        List<String> names = classes.stream().map(PictureFolder::name).toList();
        return new PictureFolder(dataset(files, numbers, classes.size(), channels), names, List.copyOf(files));
    }

    private static Dataset dataset(List<Path> files, int[] labels, int classes, int channels) throws IOException {
        BufferedImage first = PictureFile.read(files.get(0));
        int height = first.getHeight(), width = first.getWidth();
        byte[] pixels = new byte[Shapes.length(files.size(), channels, height, width)]; // (N, C, H, W)
        for (int i = 0; i < files.size(); i++) {
            BufferedImage image = i == 0 ? first : PictureFile.read(files.get(i));
            if (image.getHeight() != height || image.getWidth() != width) {
                throw new IOException(Text.of(
                        "%s is %d pixels wide and %d high but %s is %d wide and %d high: all pictures must have one size",
                        files.get(i), image.getWidth(), image.getHeight(), files.get(0), width, height));
            }
            byte[] values = Samples.of(image, channels);
            System.arraycopy(values, 0, pixels, i * values.length, values.length);
        }
        return Dataset.of(pixels, labels, classes, channels, height, width);
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
                throw new IOException(Text.of(
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
                    classFolder + ": there is no picture in this folder: expected PNG, JPEG or GIF files");
        }
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a folder inside the folder of a class: expected pictures only");
            }
        }
        return files;
    }

    /** What is in a folder, hidden files apart, in the order of the names on every machine. */
    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder + ": there is no such folder of pictures");
        }
        List<Path> shown = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Files.isHidden(path)) {
                    shown.add(path);
                }
            }
        }
        shown.sort(Comparator.comparing(PictureFolder::name));
        return shown;
    }

    private static String name(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }
}
