namespace Vae.Dsl.Catalogue;

/// <summary>An array that a layer keeps.</summary>
/// <param name="Name">PyTorch's name within the layer: <c>weight</c>, <c>running_mean</c>.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Initializer">What it holds before training.</param>
/// <param name="Trainable">Whether the optimizer changes it; <c>false</c> for buffers such as running means.</param>
public sealed record WeightDefinition(string Name, Shape Shape, Initializer Initializer, bool Trainable = true);
