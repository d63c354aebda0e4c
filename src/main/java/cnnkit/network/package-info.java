/**
 * Networks: named layers, one after another, and the ones the chapter builds.
 *
 * <p>{@link cnnkit.network.Network} is assembled layer by layer, {@link cnnkit.network.SimpleConvNet} is the network of
 * section 7.5, {@link cnnkit.network.LeNet} and {@link cnnkit.network.AlexNet} are those of section 7.7, {@link
 * cnnkit.network.Summary} counts what a network costs.
 */
package cnnkit.network;
