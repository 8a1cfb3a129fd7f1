namespace Vae.Artifacts.Comparing;

/// <summary>A value of the resolved spec that differs.</summary>
/// <param name="Path">Where it stands: <c>train.lr</c>; of layers as they are counted in the first spec, or in the second where only that has it.</param>
/// <param name="First">The first spec's; <c>null</c> where it has none.</param>
/// <param name="Second">The second spec's; <c>null</c> where it has none.</param>
public sealed record ValueDifference(string Path, string? First, string? Second);
