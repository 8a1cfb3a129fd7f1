namespace Vae.Dsl.Results;

/// <summary>What tells whether an epoch went well beside its losses. It is looked at in some of the epoch's steps, spread evenly.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="GradientNorm">The 2-norm of the gradient of all parameters together, before it is clipped: the mean over the steps.</param>
/// <param name="LargestGradientNorm">The largest of them.</param>
/// <param name="LearningRate">The learning rate at the epoch's last step.</param>
/// <param name="LowestLogVariance">The smallest log σ² of an example in a dimension, as the loss takes it.</param>
/// <param name="HighestLogVariance">The largest.</param>
public sealed record EpochHealth(
    int Epoch, double GradientNorm, double LargestGradientNorm, double LearningRate, double LowestLogVariance, double HighestLogVariance);
