package cnnkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Files with mistakes at random places: reading one gives an error of ours, or what the file says; never another
 * exception, and it takes little memory and time. There are 500 of each kind, or {@code -Dcnnkit.mutants=2000}, which
 * {@code python3 lab.py fuzz} sets. A mutant depends on its number alone.
 */
public final class Mutants {
    private static final Integer ON_DEMAND = Integer.getInteger("cnnkit.mutants");
    private static final int COUNT = ON_DEMAND == null ? 500 : ON_DEMAND;
    private static final long MOST_NANOS = 5_000_000_000L; // of the processor
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Mutants() {}

    /** Reads a file, and looks whether what it gives can be. */
    @FunctionalInterface
    public interface Reader {
        void read(Path file) throws IOException;
    }

    /** What becomes of the bytes of a file. */
    @FunctionalInterface
    public interface Change {
        byte[] of(byte[] bytes, Random random);
    }

    /**
     * Reads all mutants of a file.
     *
     * @param kind of the file, for messages
     * @param file where each mutant is written to
     * @param bytes of the file as it should be
     * @param change what makes a mutant
     * @param mostBytes of memory that reading may take
     * @param reader reads it; an {@link IOException} that begins with the file's name is an error of ours
     * @return how many were refused
     */
    public static Refused refused(String kind, Path file, byte[] bytes, Change change, long mostBytes, Reader reader)
            throws IOException {
        int refused = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            Files.write(file, change.of(bytes, new Random(seed)));
            String which = kind + ", mutant " + seed;
            long memory = THREADS.getCurrentThreadAllocatedBytes(), nanos = THREADS.getCurrentThreadCpuTime();
            try {
                reader.read(file);
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage() != null && e.getMessage().startsWith(file.toString()), which + ": " + e);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(which + ": " + e, e);
            }
            long taken = THREADS.getCurrentThreadAllocatedBytes() - memory;
            assertTrue(taken > 0 && taken <= mostBytes, which + ": " + taken + " bytes of memory");
            assertTrue(THREADS.getCurrentThreadCpuTime() - nanos <= MOST_NANOS, which + " took too long");
        }
        if (ON_DEMAND != null) {
            System.out.println("%,d mutants of %s, %,d refused".formatted(COUNT, kind, refused));
        }
        return new Refused(refused, COUNT);
    }

    /** How many of the mutants were refused. */
    public record Refused(int refused, int mutants) {
        /** The share is at least this; among another number of mutants, three standard errors less can be chance. */
        public void atLeast(double share) {
            double chance = ON_DEMAND == null ? 0 : 3 * Math.sqrt(share * (1 - share) / mutants);
            assertTrue(refused >= (share - chance) * mutants, this + ", expected a share of " + share);
        }
    }

    /** A bit, a letter or a stretch is another one, a stretch stands elsewhere too, or the file ends early. */
    public static byte[] anywhere(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed = Arrays.copyOf(changed, at);
            case 2 -> changed[at] = (byte) "0123456789-(),'<>|{}: TFfiu".charAt(random.nextInt(27));
            case 3 -> {
                for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(8)); i++) {
                    changed[i] = random.nextBoolean() ? (byte) -1 : (byte) random.nextInt(256);
                }
            }
            default -> {
                int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
                System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), changed, at, length);
            }
        }
        return changed;
    }

    /** The same, in the first bytes only, where a header lies. */
    public static Change inTheFirst(int length) {
        return (bytes, random) -> {
            byte[] head = anywhere(Arrays.copyOf(bytes, length), random);
            byte[] changed = Arrays.copyOf(head, head.length + bytes.length - length);
            System.arraycopy(bytes, length, changed, head.length, bytes.length - length);
            return changed;
        };
    }
}
