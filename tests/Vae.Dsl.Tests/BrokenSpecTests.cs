using System.Globalization;
using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

/// <summary>
/// Every file under <c>Broken</c> says in its first line what is wrong with it: <c># VAE1201 (7,1) a piece of the message</c>,
/// several separated by <c> ;; </c>, and with the file before the place where that is a base. Exactly these must come back. The folder
/// <c>package</c> is the package <c>Acme.Vae.Specs</c>.
/// </summary>
public partial class BrokenSpecTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Broken");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.vae.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_broken_spec_is_reported_with_code_place_and_message(string file)
    {
        string path = Path.Combine(Folder, file);
        string expected = File.ReadLines(path).First().TrimStart('\uFEFF').TrimStart('#').Trim();

        SpecLoadResult result = SpecLoader.Load(path, new SpecLoadOptions { Packages = new Dictionary<string, string> { ["Acme.Vae.Specs"] = Path.Combine(Folder, "package") } });

        Match[] expectations = [.. expected.Split(" ;; ").Select(part => Expectation().Match(part))];
        Assert.All(expectations, match => Assert.True(match.Success, $"'{expected}' is no expectation"));
        Assert.Equal(
            expectations.Select(match => $"{match.Groups["code"].Value} {(match.Groups["file"].Length > 0 ? match.Groups["file"].Value : file)}({match.Groups["line"].Value},{match.Groups["column"].Value})"),
            result.Diagnostics.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Code} {Path.GetRelativePath(Folder, d.Location!.File).Replace('\\', '/')}({d.Location.Line},{d.Location.Column})")));
        Assert.All(expectations.Zip(result.Diagnostics), pair => Assert.Contains(pair.First.Groups["text"].Value, pair.Second.Message, StringComparison.Ordinal));
        Assert.Equal(file.StartsWith("warning-", StringComparison.Ordinal), result.Spec is not null);
    }

    [Fact]
    public void There_are_at_least_forty_of_them_and_none_is_quiet()
    {
        string[] files = Directory.GetFiles(Folder, "*.vae.yaml");

        Assert.True(files.Length >= 40);
        Assert.All(files, file => Assert.NotEmpty(SpecLoader.Load(file).Diagnostics));
    }

    [Fact]
    public void A_diagnostic_prints_in_the_canonical_form()
    {
        Diagnostic diagnostic = Assert.Single(SpecLoader.Parse("vae: 1\nname: a\nlatnet: 2\ndata: {dataset: mnist, shape: [784]}\nencoder: []\ndecoder:\n- linear: auto\n- sigmoid\nloss: {reconstruction: mse}\ntrain: {epochs: 1}\n", "specs/mnist.vae.yaml").Diagnostics);

        Assert.Equal("specs/mnist.vae.yaml(3,1): error VAE1201: unknown key 'latnet'. Did you mean 'latent'?", diagnostic.ToString());
    }

    [Fact]
    public void At_most_twenty_are_reported_and_errors_go_first()
    {
        string text = "vae: 1\nname: a\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"key-{i}: 1\n"));

        SpecLoadResult result = SpecLoader.Parse(text);

        Assert.Equal(20, result.Diagnostics.Count);
        Assert.All(result.Diagnostics, diagnostic => Assert.Equal(Severity.Error, diagnostic.Severity));
    }

    [GeneratedRegex(@"^(?<code>VAE\d{4}) (?<file>[\w./-]*)\((?<line>\d+),(?<column>\d+)\) (?<text>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Expectation();
}
