import cnnkit.data.Mnist;
import cnnkit.network.Activation;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.network.Plan;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the SHA-256 of what every layer makes of the last digits of the training images: network, layer, digest a line. */
class Digests {
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Mnist mnist = Mnist.load();
        Network lenet = LeNet.builder().activation(Activation.RELU).pooling(LeNet.Pooling.MAXIMUM).build(1);
        Map<String, Network> networks = new LinkedHashMap<>();
        networks.put("LeNet", lenet);
        networks.put("SimpleConvNet", SimpleConvNet.create(1));
        for (Map.Entry<String, Network> each : networks.entrySet()) {
            Network network = each.getValue();
            network.load(Path.of("data/weights/" + each.getKey() + ".npz"));
            Map<String, MessageDigest> digests = new LinkedHashMap<>();
            for (String layer : network.layers().keySet()) {
                digests.put(layer, MessageDigest.getInstance("SHA-256"));
            }
            Pass pass = network.pass(Plan.layerByLayer(network));
            for (int i = 60_000 - count; i < 60_000; i++) {
                pass.forward(mnist.train().images(i));
                digests.forEach((layer, digest) -> digest.update(bytes(pass.output(layer))));
            }
            digests.forEach((layer, digest) ->
                    System.out.println(each.getKey() + " " + layer + " " + HexFormat.of().formatHex(digest.digest())));
        }
    }

    private static byte[] bytes(Tensor values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values.data());
        return bytes.array();
    }
}
