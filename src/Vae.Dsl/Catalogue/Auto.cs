namespace Vae.Dsl.Catalogue;

/// <summary>The value of an argument written as <c>auto</c>, until shape inference puts the real one in its place.</summary>
public sealed class Auto
{
    private Auto()
    {
    }

    /// <summary>The only one.</summary>
    public static Auto Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "auto";
}
