package cnnkit.data;

import cnnkit.io.AtomicFile;
import cnnkit.tensor.Text;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The artifact of Maven Central that MNIST travels in, the same that the build of the kit unpacks: taken from the Maven
 * repository of this machine if it is there, else fetched. Nothing is kept but the four files, and those only if they are
 * the official ones.
 *
 * @param local the Maven repository of this machine
 * @param remote where to fetch from, without a slash at the end
 */
record MnistArtifact(Path local, String remote) {
    private static final String NAME = "io/github/padreati/rapaio-datasets/8.1.0/rapaio-datasets-8.1.0.jar";
    private static final String FOLDER = "rapaio/provider/datasets/mnist/";
    private static final int PATIENCE = 30_000; // milliseconds without a byte
    private static final int MOST_BYTES = 20_000_000; // more than any of the files

    /** As Maven is set up: MVNW_REPOURL names a mirror, as it does for ./mvnw. */
    static MnistArtifact ofThisMachine() {
        String mirror = System.getenv("MVNW_REPOURL");
        return new MnistArtifact(
                Path.of(System.getProperty("user.home"), ".m2", "repository"),
                mirror == null || mirror.isBlank() ? "https://repo.maven.apache.org/maven2" : mirror);
    }

    String address() {
        return remote + "/" + NAME;
    }

    /** Writes the four files into a folder: all of them, or none. */
    void unpack(Set<String> names, Checksums sums, Path folder) throws IOException {
        Map<String, byte[]> files;
        try (ZipInputStream jar = new ZipInputStream(new BufferedInputStream(open()))) {
            files = read(jar, names);
        }
        for (String name : names) {
            if (!files.containsKey(name) || !sums.match(name, files.get(name))) {
                throw new IOException(Text.error("%s: no official %s in it. Nothing was written", NAME, name));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            AtomicFile.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, byte[]> read(ZipInputStream jar, Set<String> names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            String name = entry.getName().startsWith(FOLDER) ? entry.getName().substring(FOLDER.length()) : "";
            if (names.contains(name)) {
                files.put(name, jar.readNBytes(MOST_BYTES));
            }
        }
        return files;
    }

    private InputStream open() throws IOException {
        Path kept = local.resolve(NAME);
        if (Files.isRegularFile(kept)) {
            return new FileInputStream(kept.toFile());
        }
        try {
            URLConnection connection = URI.create(address()).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            return connection.getInputStream();
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    Text.error(
                            "MNIST cannot be fetched: %s (%s). Java takes a proxy from -Dhttps.proxyHost and"
                                    + " -Dhttps.proxyPort; MVNW_REPOURL names a mirror of Maven Central",
                            address(), e),
                    e);
        }
    }
}
