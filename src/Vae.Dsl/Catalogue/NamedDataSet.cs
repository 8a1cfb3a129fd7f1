namespace Vae.Dsl.Catalogue;

/// <summary>What the language knows of a named data set without reading it; Vae.Data knows where its files are.</summary>
/// <param name="Name">The name under <c>dataset:</c>.</param>
/// <param name="Shape">The shape of one example as stored.</param>
/// <param name="Classes">How many labels there are.</param>
/// <param name="Train">How many training examples.</param>
/// <param name="Test">How many test examples.</param>
/// <param name="Summary">One sentence for the docs page.</param>
public sealed record NamedDataSet(string Name, Shape Shape, int Classes, int Train, int Test, string Summary);
