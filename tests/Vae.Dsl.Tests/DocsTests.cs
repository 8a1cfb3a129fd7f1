using System.Globalization;
using System.Text;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

/// <summary>
/// Two pages under <c>docs</c> are made from the tables. With the environment variable <c>VAE_UPDATE_DOCS=1</c> the tests write
/// them; without it they fail where a page is out of date.
/// </summary>
public class DocsTests
{
    private static string Root { get; } = Above("VaeDsl.sln");

    [Fact]
    public void The_page_of_diagnostics_is_made_from_the_table() => Compare("diagnostics.md", Diagnostics());

    [Fact]
    public void The_page_of_layers_is_made_from_the_catalogues() => Compare("layers.md", Layers());

    [Fact]
    public void The_page_of_the_language_shows_specs_that_load()
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "spec-language.md"));
        string[] specs = [.. page.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).Where(text => text.StartsWith("vae: 1", StringComparison.Ordinal))];

        Assert.NotEmpty(specs);
        Assert.All(specs, text => Assert.Empty(SpecLoader.Parse(text, "page.vae.yaml").Diagnostics));
    }

    private static void Compare(string name, string expected)
    {
        string path = Path.Combine(Root, "docs", name);
        if (Environment.GetEnvironmentVariable("VAE_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/{name} is out of date. Run: VAE_UPDATE_DOCS=1 dotnet test tests/Vae.Dsl.Tests --filter DocsTests");
    }

    private static string Diagnostics()
    {
        (string Range, string Title)[] ranges =
        [
            ("VAE0", "The machine"), ("VAE1", "Text, keys, values and parameters"), ("VAE2", "Shapes and meaning"), ("VAE3", "Data"),
            ("VAE4", "Training"), ("VAE5", "Snapshots and checks"), ("VAE6", "Cache and lock"),
        ];
        var text = new StringBuilder("# Diagnostics\n\nMade from the tables in `src/Vae.Dsl/Diagnostics`; the tests of Vae.Dsl say how. A code never changes its meaning.\n");
        foreach ((string range, string title) in ranges)
        {
            DiagnosticCode[] codes = [.. DiagnosticTable.All.Where(code => code.Id.StartsWith(range, StringComparison.Ordinal))];
            if (codes.Length == 0)
                continue;
            text.Append("\n## ").Append(title).Append('\n');
            foreach (DiagnosticCode code in codes)
            {
                string kind = code.Severity == Severity.Warning ? " (warning)" : "";
                text.Append("\n### ").Append(code.Id).Append(kind).Append(": ").Append(code.Title).Append("\n\n").Append(code.Help).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Layers()
    {
        var text = new StringBuilder("# Layers and other catalogues\n\nMade from the catalogues in `src/Vae.Dsl/Catalogue`; the tests of Vae.Dsl say how. The argument in bold is the one that the short form gives: `linear: 128`.\n");
        Append(text, "Layers", LayerCatalogue.All.Where(row => !row.IsActivation));
        Append(text, "Activations", LayerCatalogue.All.Where(row => row.IsActivation));
        Append(text, "Reconstruction losses", ReconstructionCatalogue.Rows.All);
        Append(text, "Optimizers", OptimizerCatalogue.Rows.All);
        Append(text, "Learning-rate schedules", ScheduleCatalogue.Rows.All);
        Append(text, "Plots", PlotCatalogue.Rows.All);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<ComponentKind> rows)
    {
        text.Append("\n## ").Append(title).Append('\n');
        foreach (ComponentKind row in rows)
        {
            text.Append("\n### ").Append(row.Name).Append("\n\n").Append(row.Summary).Append('\n');
            if (row.Arguments.Count == 0)
                continue;
            text.Append("\n| argument | value | default | |\n|---|---|---|---|\n");
            foreach (Argument argument in row.Arguments)
            {
                string name = argument.Name == row.MainArgument ? $"**{argument.Name}**" : argument.Name;
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {Value(argument)} | {Default(argument)} | {argument.Help} |\n");
            }
        }
    }

    private static string Value(Argument argument)
    {
        string value = argument.Type switch
        {
            ArgumentType.Int => "whole number",
            ArgumentType.Float => "number",
            ArgumentType.Bool => "true, false",
            ArgumentType.Layers => "list of layers",
            ArgumentType.Shape => "size or sizes",
            ArgumentType.Pair => "whole number or [height, width]",
            ArgumentType.Text when argument.Choices.Count > 0 => string.Join(", ", argument.Choices),
            _ => "text",
        };
        string bound = argument switch
        {
            { Min: double min, MinExclusive: true } => string.Create(CultureInfo.InvariantCulture, $", over {min}"),
            { Min: double min } => string.Create(CultureInfo.InvariantCulture, $", at least {min}"),
            _ => "",
        };
        return value + bound + (argument.Max is double max ? string.Create(CultureInfo.InvariantCulture, $", at most {max}") : "");
    }

    private static string Default(Argument argument) => argument switch
    {
        { Required: true, AllowsAuto: true } => "required; may be `auto`",
        { Required: true } => "required",
        { Default: bool flag } => flag ? "true" : "false",
        { Default: Shape pair } => pair[0].ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(argument.Default, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Above(string file)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, file)))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no folder above the tests holds {file}");
        return folder;
    }
}
