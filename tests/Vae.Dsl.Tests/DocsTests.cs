using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

/// <summary>
/// Pages under <c>docs</c> and the schema for editors are made from the tables. With the environment variable <c>VAE_UPDATE_DOCS=1</c>
/// the tests write them; without it they fail where one is out of date. Every spec on the pages of the language and of training is loaded.
/// </summary>
public sealed partial class DocsTests : IDisposable
{
    private const string Begin = "<!-- The reference is made from the grammar, the catalogues and the diagnostics; the tests of Vae.Dsl say how. -->\n";
    private const string End = "<!-- The end of the reference. -->\n";

    private readonly string folder = Directory.CreateTempSubdirectory("vae-docs-").FullName;

    [Fact]
    public void The_page_of_diagnostics_is_made_from_the_table() => Repository.Compare("docs/diagnostics.md", LanguageReference.DiagnosticsPage());

    [Fact]
    public void The_schema_for_editors_is_made_from_the_grammar_and_the_catalogues() => Repository.Compare("specs/vae.schema.json", SpecSchema.ToJson());

    [Fact]
    public void The_page_of_layers_is_made_from_the_catalogues() => Repository.Compare("docs/layers.md", LanguageReference.Layers());

    [Fact]
    public void The_reference_of_the_language_is_made_from_the_grammar_the_catalogues_and_the_diagnostics()
    {
        string page = Page("language");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, "docs/language.md has lost the marks around its reference");

        Repository.Compare("docs/language.md", page[..begin] + LanguageReference.Reference() + page[end..]);
    }

    /// <summary>A block that begins with <c>vae: 1</c>, behind its file's name as a comment, is a whole spec.</summary>
    [Theory]
    [InlineData("language", 3)]
    [InlineData("training", 1)]
    public void Every_whole_spec_on_a_page_loads(string page, int atLeast)
    {
        (string Name, string Text)[] files = [.. Blocks(page).Where(IsWhole).Select((text, index) => (FileName().Match(text) is { Success: true } name ? name.Groups["name"].Value : $"spec-{index}.vae.yaml", text))];
        foreach ((string name, string text) in files)
            File.WriteAllText(Path.Combine(folder, name), text);

        Assert.True(files.Length >= atLeast, "the page has lost its specs");
        var options = new SpecLoadOptions { Packages = new Dictionary<string, string> { [DesignSpecs.Package] = folder } };
        foreach ((string name, _) in files)
        {
            IReadOnlyList<Diagnostic> diagnostics = SpecLoader.Load(Path.Combine(folder, name), options).Diagnostics;
            Assert.True(diagnostics.Count == 0, string.Join('\n', diagnostics));
        }
    }

    /// <summary>Any other block is a part of a spec: laid over the page's first spec, it gives a spec that loads.</summary>
    [Theory]
    [InlineData("language")]
    [InlineData("training")]
    public void Every_part_of_a_spec_on_a_page_fits_the_first(string page)
    {
        string[] blocks = [.. Blocks(page)];
        string[] parts = [.. blocks.Where(text => !IsWhole(text))];

        Assert.NotEmpty(parts);
        foreach (string part in parts)
        {
            string text = $"{blocks.First(IsWhole)}\nvariants:\n  part:\n{string.Concat(part.Split('\n').Select(line => $"    {line}\n"))}";
            IReadOnlyList<Diagnostic> diagnostics = SpecLoader.Parse(text, "page.vae.yaml", new SpecLoadOptions { Variant = "part" }).Diagnostics;
            Assert.True(diagnostics.Count == 0, $"{part}\n{string.Join('\n', diagnostics)}");
        }
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        foreach (string path in Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(path)))
            {
                string target = Path.Combine(Path.GetDirectoryName(path)!, link.Groups["path"].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{Path.GetRelativePath(Repository.Root, path)} links to {link.Groups["path"].Value}, which is not there");
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name + ".md"));

    private static IEnumerable<string> Blocks(string page) => Block().Matches(Page(page)).Select(match => match.Groups["text"].Value);

    private static bool IsWhole(string text) => Whole().IsMatch(text);

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^vae: 1\b", RegexOptions.Multiline)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A# (?<name>[\w.-]+\.vae\.yaml)", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?<path>[^)#:\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
