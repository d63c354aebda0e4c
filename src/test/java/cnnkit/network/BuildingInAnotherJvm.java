package cnnkit.network;

/** Started by {@link NetworkTest}: builds a network, and computes nothing. */
final class BuildingInAnotherJvm {
    private BuildingInAnotherJvm() {}

    /**
     * Builds.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        SimpleConvNet.create(1);
    }
}
