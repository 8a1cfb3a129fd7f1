using System.Globalization;
using System.Text;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Tests;

/// <summary>The pages that are made from the grammar, the catalogues and the table of diagnostics.</summary>
internal static class LanguageReference
{
    private static readonly (string Range, string Title)[] Ranges =
    [
        ("VAE0", "The machine"), ("VAE1", "Text, keys, values and parameters"), ("VAE2", "Shapes and meaning"), ("VAE3", "Data"),
        ("VAE4", "Training"), ("VAE5", "Snapshots and checks"), ("VAE6", "Cache and lock"),
    ];

    /// <summary>The keys of every place, the rows of every catalogue in short, and every diagnostic's title.</summary>
    public static string Reference()
    {
        var text = new StringBuilder("\n## Reference: keys\n\nEvery key may also be `null`, which means its default, and every value `$(name)`, the value of a parameter.\n");
        foreach (Place place in Places())
            Append(text, place);
        text.Append("\n## Reference: what a spec chooses from\n\nArguments in bold are those that the short form gives: `linear: 128`. [Layers and other catalogues](layers.md) has their types, bounds and defaults.\n");
        foreach (ComponentCatalogue catalogue in Catalogues())
            AppendRows(text, catalogue);
        text.Append("\n### Data sets\n\n| name | shape | labels | train | test | |\n|---|---|---|---|---|---|\n");
        foreach (NamedDataSet set in DataSetCatalogue.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{set.Name}` | {set.Shape} | {set.Classes} | {set.Train:N0} | {set.Test:N0} | {set.Summary} |\n");
        text.Append("\n## Reference: diagnostics\n\nErrors and warnings that a spec, its data or its training can meet. [Diagnostics](diagnostics.md) says what to do about each.\n");
        foreach ((string title, DiagnosticCode[] codes) in Diagnostics())
        {
            text.Append("\n### ").Append(title).Append("\n\n| code | |\n|---|---|\n");
            foreach (DiagnosticCode code in codes)
                text.Append(CultureInfo.InvariantCulture, $"| [{code.Id}](diagnostics.md#{Anchor(Heading(code))}) | {Cell(code.Title)} |\n");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The page of catalogues.</summary>
    public static string Layers()
    {
        var text = new StringBuilder("# Layers and other catalogues\n\nMade from the catalogues in `src/Vae.Dsl/Catalogue`; the tests of Vae.Dsl say how. The argument in bold is the one that the short form gives: `linear: 128`.\n");
        foreach (ComponentCatalogue catalogue in Catalogues())
        {
            text.Append("\n## ").Append(Title(catalogue)).Append('\n');
            foreach (ComponentKind row in Rows(catalogue))
                AppendArguments(text, row);
        }

        return text.ToString();
    }

    /// <summary>The page of diagnostics.</summary>
    public static string DiagnosticsPage()
    {
        var text = new StringBuilder("# Diagnostics\n\nMade from the tables in `src/Vae.Dsl/Diagnostics`; the tests of Vae.Dsl say how. A code never changes its meaning.\n");
        foreach ((string title, DiagnosticCode[] codes) in Diagnostics())
        {
            text.Append("\n## ").Append(title).Append('\n');
            foreach (DiagnosticCode code in codes)
                text.Append("\n<a id=\"").Append(code.Id.ToLowerInvariant()).Append("\"></a>\n\n### ").Append(Heading(code)).Append("\n\n").Append(code.Help).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Title, DiagnosticCode[] Codes)> Diagnostics() => Ranges
        .Select(range => (range.Title, Codes: DiagnosticTable.All.Where(code => code.Id.StartsWith(range.Range, StringComparison.Ordinal)).ToArray()))
        .Where(range => range.Codes.Length > 0);

    private static string Heading(DiagnosticCode code) => $"{code.Id}{(code.Severity == Severity.Error ? "" : $" ({code.Severity.ToString().ToLowerInvariant()})")}: {code.Title}";

    /// <summary>Every place with keys of its own, from the top down; a variant has the keys of a spec.</summary>
    private static List<Place> Places()
    {
        List<Place> places = [];
        Collect(Grammar.Root, places);
        places.Add(Grammar.BesideLayer);
        places.Add(Grammar.Use);
        return places;
    }

    private static void Collect(Place place, List<Place> places)
    {
        if (places.Contains(place) || place == Grammar.Variant)
            return;
        places.Add(place);
        foreach (Key key in place.Keys)
        {
            if (Inner(key.Content) is Place inner)
                Collect(inner, places);
        }
    }

    private static Place? Inner(Content content) => content switch
    {
        Content.Map(Place place) => place,
        Content.Named named => named.Each,
        _ => null,
    };

    /// <summary>Every catalogue that the grammar names: layers first, then in the order of the keys.</summary>
    private static IEnumerable<ComponentCatalogue> Catalogues()
    {
        IEnumerable<ComponentCatalogue> chosen = Places().SelectMany(place => place.Keys).Select(key => key.Content switch
        {
            Content.OneOf(ComponentCatalogue catalogue, _) => catalogue,
            Content.ListOf(ComponentCatalogue catalogue) => catalogue,
            _ => null,
        }).OfType<ComponentCatalogue>();
        return ((ComponentCatalogue[])[Grammar.AllLayers, Grammar.Activations, .. chosen]).Distinct();
    }

    private static IEnumerable<ComponentKind> Rows(ComponentCatalogue catalogue) =>
        catalogue == Grammar.AllLayers ? catalogue.All.Where(row => !Grammar.Activations.TryGet(row.Name, out _)) : catalogue.All;

    private static void Append(StringBuilder text, Place place)
    {
        string title = place == Grammar.Root ? "A spec" : place == Grammar.BesideLayer ? "Beside a layer's arguments" : place.Path;
        text.Append("\n### ").Append(title).Append('\n');
        if (place.Short is string main)
            text.Append(CultureInfo.InvariantCulture, $"\nThe short form gives `{main}`.\n");
        text.Append("\n| key | value | default | |\n|---|---|---|---|\n");
        foreach (Key key in place.Keys)
        {
            string fallback = key.Content is Content.Plain(Argument argument) ? Default(argument) : key.Required ? "required" : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Value(key.Content)} | {fallback} | {Cell(key.Help)} |\n");
        }
    }

    private static void AppendRows(StringBuilder text, ComponentCatalogue catalogue)
    {
        text.Append("\n### ").Append(Title(catalogue)).Append("\n\n| name | arguments | |\n|---|---|---|\n");
        foreach (ComponentKind row in Rows(catalogue))
        {
            string arguments = string.Join(", ", row.Arguments.Select(argument => argument.Name == row.MainArgument ? $"**{argument.Name}**" : argument.Name));
            text.Append(CultureInfo.InvariantCulture, $"| [`{row.Name}`](layers.md#{Anchor(row.Name)}) | {arguments} | {Cell(row.Summary)} |\n");
        }
    }

    private static void AppendArguments(StringBuilder text, ComponentKind row)
    {
        text.Append("\n### ").Append(row.Name).Append("\n\n").Append(row.Summary).Append('\n');
        if (row.Arguments.Count == 0)
            return;
        text.Append("\n| argument | value | default | |\n|---|---|---|---|\n");
        foreach (Argument argument in row.Arguments)
        {
            string name = argument.Name == row.MainArgument ? $"**{argument.Name}**" : argument.Name;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Value(argument)} | {Default(argument)} | {Cell(argument.Help)} |\n");
        }
    }

    private static string Title(ComponentCatalogue catalogue) =>
        char.ToUpperInvariant(catalogue.Noun[0]) + catalogue.Noun[1..] + (catalogue.Noun.EndsWith('s') ? "es" : "s");

    private static string Value(Content content) => content switch
    {
        Content.Plain(Argument argument) => Value(argument),
        Content.Free(FreeForm.Version) => "1",
        Content.Free(FreeForm.Range) => "[min, max]",
        Content.Free(FreeForm.Value) => "word, number, truth value, or a list of them",
        Content.Free(FreeForm.Values) => "list",
        Content.Free(FreeForm.Alternatives) => "list of values",
        Content.Map map => $"{(map.Single is Argument single ? Value(single) + ", or " : "")}{Link("map", map.Place)}",
        Content.Named named when named.Each == Grammar.Variant => "map of names and parts of a spec",
        Content.Named named => $"map of names and {Link(named.Noun + "s", named.Each)}",
        Content.OneOf(ComponentCatalogue catalogue, _) => $"[{catalogue.Noun}](#{Anchor(Title(catalogue))})",
        Content.ListOf(ComponentCatalogue catalogue) => $"list of [{catalogue.Noun}s](#{Anchor(Title(catalogue))})",
        Content.Layers => "list of [layers](#layers)",
        Content.Values(var noun, FreeForm.Alternatives) => $"map of {noun}s and lists of values",
        Content.Values(var noun, _) => $"map of {noun}s and values",
        _ => "",
    };

    private static string Value(Argument argument)
    {
        string value = argument.Type switch
        {
            ArgumentType.Int => "whole number",
            ArgumentType.Float => "number",
            ArgumentType.Bool => "true, false",
            ArgumentType.Text when argument.Choices.Count > 0 => string.Join(", ", argument.Choices),
            ArgumentType.Text => "text",
            ArgumentType.Texts when argument.Choices.Count > 0 => "list of " + string.Join(", ", argument.Choices),
            ArgumentType.Texts => "list of words",
            ArgumentType.Shape => "size or sizes",
            ArgumentType.Pair => "whole number or [height, width]",
            ArgumentType.Amount => "fraction, count or {from: moment}",
            ArgumentType.Share => "number or percentage",
            ArgumentType.Layers => "list of layers",
            _ => Expectation.Of(argument.Type),
        };
        string sizes = argument.AllowsSizes ? " or sizes" : "";
        string words = argument.Type == ArgumentType.Float ? string.Concat(argument.Choices.Select(word => $", or {word}")) : "";
        string bound = argument switch
        {
            { Min: double min, MinExclusive: true } => $", over {Numerals.Write(min)}",
            { Min: double min } => $", at least {Numerals.Write(min)}",
            _ => "",
        };
        return value + sizes + bound + (argument.Max is double max ? $", at most {Numerals.Write(max)}" : "") + words;
    }

    private static string Default(Argument argument) => argument switch
    {
        { Required: true, AllowsAuto: true } => "required; may be `auto`",
        { Required: true } => "required",
        { Default: bool flag } => flag ? "true" : "false",
        { Default: Shape pair } => pair[0].ToString(CultureInfo.InvariantCulture),
        { Default: double number } => Numerals.Write(number),
        _ => Convert.ToString(argument.Default, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Link(string words, Place place) => $"[{words}](#{Anchor(place.Path)})";

    /// <summary>A bar would end the cell.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>What Markdown viewers make of a heading.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or ' ' or '_')).Replace(' ', '-');
}
