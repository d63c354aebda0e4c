/**
 * What a network has learned: tools that look into a trained network without changing it (section 7.6).
 *
 * <p>{@link cnnkit.inspect.FilterRegularity} and {@link cnnkit.inspect.OrientationResponse} measure filters; {@link
 * cnnkit.inspect.ReceptiveField}, {@link cnnkit.inspect.TopPatches}, {@link cnnkit.inspect.ActivationMaximization} and
 * {@link cnnkit.inspect.ClassSelectivity} ask what a unit looks at and what it answers to; {@link
 * cnnkit.inspect.Occlusion}, {@link cnnkit.inspect.UnitOcclusion} and {@link cnnkit.inspect.Silencing} take something away and
 * measure what is lost. {@link cnnkit.inspect.PartialNetwork} computes up to a layer and back to the input.
 */
package cnnkit.inspect;
