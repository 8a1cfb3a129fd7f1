namespace Vae.Dsl;

/// <summary>Early stopping. While the KL weight rises, losses are compared with its final value.</summary>
/// <param name="On">A column of the loss curve, smaller is better: <c>validation.loss</c>.</param>
/// <param name="Patience">How many epochs without an improvement are borne.</param>
/// <param name="MinDelta">How much smaller counts as an improvement.</param>
/// <param name="RestoreBest">Whether the weights of the best epoch are kept.</param>
public sealed record StopSpec(string On, int Patience, double MinDelta = 0, bool RestoreBest = true);
