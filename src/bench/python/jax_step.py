"""One training step of the chapter's network in JAX: all of it compiled as one, Adam included, which writes over the old
state. The argument is the number of threads.

The convolution is a product with the patches of the image, side by side: XLA's own takes nearly twice as long when there is a
single channel. Maps are stored channels last.
"""

import os
import sys

os.environ["NPROC"] = sys.argv[1]  # JAX asks for it when it is loaded

import jax
import jax.numpy as jnp
from turns import take_turns

BETA1, BETA2, RATE, EPSILON = 0.9, 0.999, 0.001, 1e-8


def initial(key):
    """Weights and biases, layer by layer."""
    shapes = (25, 30), (4320, 100), (100, 10)
    keys = jax.random.split(key, len(shapes))
    return [(jax.random.normal(each, shape) / shape[0] ** 0.5, jnp.zeros(shape[1])) for each, shape in zip(keys, shapes)]


def patches(x):
    """From (N, 28, 28) to (N, 24, 24, 25)."""
    return jnp.stack([x[:, ky : ky + 24, kx : kx + 24] for ky in range(5) for kx in range(5)], axis=-1)


def loss_of(parameters, x, labels):
    (w, b), (w1, b1), (w2, b2) = parameters
    x = jax.nn.relu(patches(x) @ w + b).reshape(-1, 12, 2, 12, 2, 30).max(axis=(2, 4))
    x = jax.nn.relu(x.reshape(-1, 4320) @ w1 + b1) @ w2 + b2
    return -jnp.take_along_axis(jax.nn.log_softmax(x), labels[:, None], axis=1).mean()


def updated(state, x, labels):
    parameters, m, v, t = state
    loss, gradients = jax.value_and_grad(loss_of)(parameters, x, labels)
    t = t + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, gradients)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradients)
    rate = RATE * jnp.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), parameters, m, v)
    return (parameters, m, v, t), loss


def training():
    key_of_weights, key_of_images, key_of_labels = jax.random.split(jax.random.key(1), 3)
    parameters = initial(key_of_weights)
    zeros = lambda: jax.tree.map(jnp.zeros_like, parameters)
    state = parameters, zeros(), zeros(), jnp.zeros(())
    x = jax.random.uniform(key_of_images, (100, 28, 28))
    labels = jax.random.randint(key_of_labels, (100,), 0, 10)
    compiled = jax.jit(updated, donate_argnums=0)

    def step():
        nonlocal state
        state, loss = compiled(state, x, labels)
        return state, loss

    return step


if __name__ == "__main__":
    take_turns(jax.__version__, {"train-simple": training}, jax.block_until_ready)
