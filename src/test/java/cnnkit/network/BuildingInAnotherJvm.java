package cnnkit.network;

/** Started by {@link NetworkTest}: builds a network, computes nothing, and tells whether the engine is being compiled. */
final class BuildingInAnotherJvm {
    private BuildingInAnotherJvm() {}

    /**
     * Builds.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        SimpleConvNet.create(1);
        System.out.println(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("cnnkit-engine-warm-up")));
    }
}
