using Vae.Dsl.Catalogue;

namespace Vae.Dsl.Language;

/// <summary>What may stand under a key.</summary>
internal abstract record Content
{
    private Content()
    {
    }

    /// <summary>One value, checked by its type, bounds and choices.</summary>
    public sealed record Plain(Argument Argument) : Content;

    /// <summary>A value that its own reader checks; <paramref name="Form"/> is what can be said of it without reading it.</summary>
    public sealed record Free(FreeForm Form = FreeForm.Any) : Content;

    /// <summary>A map with a closed list of keys.</summary>
    public sealed record Map(Place Place) : Content
    {
        /// <summary>What may stand in place of the map and is not the value of one of its keys; or <c>null</c>.</summary>
        public Argument? Single { get; init; }
    }

    /// <summary>A map whose keys are names: the user's own, or <paramref name="Names"/> where they are a closed list.</summary>
    public sealed record Named(string Noun, Place Each, ValueList<string>? Names = null) : Content;

    /// <summary>A map of the user's own names to values, each of the form <paramref name="Form"/>.</summary>
    public sealed record Values(string Noun, FreeForm Form) : Content;

    /// <summary>A row of a catalogue, and keys beside the row's own arguments.</summary>
    public sealed record OneOf(ComponentCatalogue Catalogue, ValueList<string> Beside) : Content;

    /// <summary>A list of rows of a catalogue.</summary>
    public sealed record ListOf(ComponentCatalogue Catalogue) : Content;

    /// <summary>A list of layers.</summary>
    public sealed record Layers : Content;
}
