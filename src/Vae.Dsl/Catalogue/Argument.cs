namespace Vae.Dsl.Catalogue;

/// <summary>One argument of a catalogue row.</summary>
/// <param name="Name">The kebab-case key.</param>
/// <param name="Type">What the value may be.</param>
/// <param name="Help">One sentence, with the unit where there is one.</param>
public sealed record Argument(string Name, ArgumentType Type, string Help)
{
    /// <summary>What holds where the spec is silent; <c>null</c> where there is no default.</summary>
    public object? Default { get; init; }

    /// <summary>Whether the spec must give it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether <c>auto</c> may stand for "what the target needs".</summary>
    public bool AllowsAuto { get; init; }

    /// <summary>The smallest value allowed (of every element, for shapes and pairs).</summary>
    public double? Min { get; init; }

    /// <summary>The largest value allowed.</summary>
    public double? Max { get; init; }

    /// <summary>Whether <see cref="Min"/> itself is refused (a learning rate of 0).</summary>
    public bool MinExclusive { get; init; }

    /// <summary>
    /// The words allowed for a <see cref="ArgumentType.Text"/>, empty where any text will do; for a <see cref="ArgumentType.Float"/>, the words
    /// that may stand in a number's place (<c>learned</c>), which <see cref="Arguments"/> then hold.
    /// </summary>
    public ValueList<string> Choices { get; init; } = [];

    /// <summary>The regular expression that a text matches; <c>null</c> where any text will do. A reader of its own checks it.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a list of sizes may stand for their product, and the result is reshaped to it: <c>linear: [64, 7, 7]</c>.</summary>
    public bool AllowsSizes { get; init; }
}
