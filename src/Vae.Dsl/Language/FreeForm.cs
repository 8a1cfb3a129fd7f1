namespace Vae.Dsl.Language;

/// <summary>What can be said of a <see cref="Content.Free"/> value without its reader.</summary>
internal enum FreeForm
{
    /// <summary>Nothing.</summary>
    Any,

    /// <summary>The whole number 1.</summary>
    Version,

    /// <summary>Two numbers: <c>[-10, 10]</c>.</summary>
    Range,

    /// <summary>A word, a number, a truth value or a list of them.</summary>
    Value,

    /// <summary>A list of words, numbers or truth values.</summary>
    Values,

    /// <summary>A list of values, each of the form <see cref="Value"/>.</summary>
    Alternatives,
}
