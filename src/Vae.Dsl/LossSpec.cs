namespace Vae.Dsl;

/// <summary>
/// What is minimized: reconstruction + weight · KL, each per example (summed over features and latent dimensions, unless
/// the reconstruction says <c>reduce: mean</c>) and averaged over the batch.
/// </summary>
/// <param name="Reconstruction">A row of the loss catalogue; its argument <c>reduce</c> is <c>sum</c> or <c>mean</c>.</param>
/// <param name="KlWeight">β, or how it runs over the training.</param>
public sealed record LossSpec(Component Reconstruction, WeightSpec KlWeight);
