namespace Vae.Dsl.Catalogue;

/// <summary>What a value in a spec may be. The CLR type in brackets is what <see cref="Arguments"/> holds.</summary>
public enum ArgumentType
{
    /// <summary>A whole number (<see cref="int"/>).</summary>
    Int,

    /// <summary>A finite number (<see cref="double"/>).</summary>
    Float,

    /// <summary><c>true</c> or <c>false</c> (<see cref="bool"/>).</summary>
    Bool,

    /// <summary>One of the row's <see cref="Argument.Choices"/>, or free text where it has none (<see cref="string"/>).</summary>
    Text,

    /// <summary>A size or a list of sizes: <c>128</c>, <c>[64, 7, 7]</c> (<see cref="Dsl.Shape"/>).</summary>
    Shape,

    /// <summary>One number for height and width, or a list of both: <c>3</c>, <c>[3, 5]</c> (<see cref="Dsl.Shape"/> of two sizes).</summary>
    Pair,

    /// <summary>A list of words: <c>[encoder, decoder]</c> (<see cref="ValueList{T}"/> of <see cref="string"/>).</summary>
    Texts,

    /// <summary>A fraction, a count, or what comes from a moment on: <c>0.1</c>, <c>10%</c>, <c>6000</c>, <c>{from: 2024-05-01}</c> (<see cref="Dsl.Amount"/>).</summary>
    Amount,

    /// <summary>A finite number that may be written in percent: <c>0.02</c>, <c>2%</c> (<see cref="double"/>).</summary>
    Share,

    /// <summary>A list of layers (<see cref="ValueList{T}"/> of <see cref="Layer"/>).</summary>
    Layers,
}
