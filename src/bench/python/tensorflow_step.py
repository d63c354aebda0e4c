"""One training step of the chapter's network in TensorFlow: a graph (tf.function), Adam included. Images are stored channels
last; XLA would be slower here. The argument is the number of threads."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # it is loaded with ten lines about graphics cards

import tensorflow as tf
from turns import take_turns

tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[1]))
tf.config.threading.set_inter_op_parallelism_threads(int(sys.argv[1]))
tf.random.set_seed(1)


def simple_conv_net():
    layers = tf.keras.layers
    return tf.keras.Sequential([
        *(layers.Input((28, 28, 1)), layers.Conv2D(30, 5, activation="relu"), layers.MaxPooling2D(2), layers.Flatten()),
        *(layers.Dense(100, activation="relu"), layers.Dense(10)),
    ])


def training():
    network = simple_conv_net()
    weights = network.trainable_variables
    adam = tf.keras.optimizers.Adam(0.001)
    adam.build(weights)
    x = tf.random.uniform((100, 28, 28, 1))
    labels = tf.random.uniform((100,), maxval=10, dtype=tf.int32)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, network(x, training=True))
            loss = tf.reduce_mean(losses)
        adam.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss

    return step


if __name__ == "__main__":
    take_turns(tf.__version__, {"train-simple": training}, lambda loss: loss.numpy())
