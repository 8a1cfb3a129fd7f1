namespace Vae.Artifacts.Comparing;

/// <summary>A column of the loss curves of two trainings.</summary>
/// <param name="Name">Its name: <c>validation.loss</c>.</param>
/// <param name="First">The first training's values, an epoch each.</param>
/// <param name="Second">The second training's; perhaps of another number of epochs.</param>
/// <param name="Verdict">How the second's last value stands to the first's.</param>
public sealed record CurveComparison(string Name, IReadOnlyList<double> First, IReadOnlyList<double> Second, Verdict Verdict);
