namespace Vae.Dsl.Catalogue;

/// <summary>A row of a catalogue: a name, what it is for, and its arguments. Validator, schema, docs and builder read this.</summary>
/// <param name="name">The kebab-case name.</param>
/// <param name="summary">One sentence for the docs page.</param>
/// <param name="arguments">The arguments in the order of the docs page.</param>
/// <param name="main">The argument that the scalar form (<c>linear: 128</c>) gives, if there is one.</param>
public class ComponentKind(string name, string summary, ValueList<Argument> arguments, string? main = null)
{
    /// <summary>The kebab-case name.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for the docs page.</summary>
    public string Summary { get; } = summary;

    /// <summary>The arguments in the order of the docs page.</summary>
    public ValueList<Argument> Arguments { get; } = arguments;

    /// <summary>The argument that the scalar form gives; <c>null</c> where there is no scalar form.</summary>
    public string? MainArgument { get; } = main;
}
