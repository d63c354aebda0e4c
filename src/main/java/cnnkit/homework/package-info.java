/**
 * Checks of a learner's own code: {@link cnnkit.homework.Check} tries it on cases that grow from one number to batches,
 * and {@link cnnkit.homework.Report} says where it fails and which mistake it is. A mistake is named by experiment: the
 * wrong thing is computed too, and only if its results are the learner's is it named.
 */
package cnnkit.homework;
