#!/usr/bin/env dotnet
#:package CliWrap
#:property NoWarn=$(NoWarn);CA1305;MA0047

// Trains every spec of the gallery that is not trained yet, and writes docs/gallery.md with their pictures and numbers.
//   dotnet run specs/gallery.cs                          trains what is missing into artifacts/gallery (about an hour and a half on one core)
//   dotnet run specs/gallery.cs -- --output elsewhere    the same with another folder
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CliWrap;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string root = Path.GetFullPath("..", Path.GetDirectoryName(Here())!);
string output = Path.GetFullPath(args is ["--output", var folder] ? folder : Path.Combine(root, "artifacts", "gallery"));
string images = Path.Combine(root, "docs", "images", "gallery");

Entry[] entries =
[
    new("specs/mnist-article.vae.yaml", ["latent-scatter", "manifold"],
        [new("train.loss", "0.0448 – 0.0462"), new("test.reconstruction", "0.0405 – 0.0426"), new("test.reconstruction-mu", "0.0397 – 0.0416"), new("test.kl", "5.16 – 5.38")],
        "five seeds of the same experiment in PyTorch 2.11"),
    new("specs/published/pytorch-examples-mnist.vae.yaml", ["samples"], [new("train.loss", "107.63"), new("test.loss", "106.66")], "the log in pull request 1416 of pytorch/examples"),
    new("specs/published/altosaar-mnist.vae.yaml", ["samples"], [new("test.loss", "103.31"), new("test.log-likelihood", "−97.10")], "the README of altosaar/variational-autoencoder"),
    new("specs/published/keras-mnist.vae.yaml", ["manifold"],
        [new("train.loss", "146.95"), new("train.reconstruction", "140.15"), new("train.kl", "6.80")], "the page of Keras' example, 30 epochs over 70,000 pictures"),
    new("specs/published/disvae-mnist.vae.yaml", ["traversal"], [new("train.loss", "143.5 (epochs 26 – 35 of the log)")], "`results/VAE_mnist/train_losses.log` of disentangling-vae: see above"),
    new("specs/fashion-cvae.vae.yaml", ["samples", "reconstructions"], [], ""),
    new("examples/Turbine/turbine.vae.yaml", ["series-reconstructions"], [], "") { Options = "--package Acme.Vae.Specs=examples/SharedSpecs", About = "A recurrent VAE of a simulated series of 21,600 rows, derived from a base in a package of specs: [the example](../examples/Turbine/README.md)." },
    new("specs/mnist-beta-sweep.vae.yaml", ["sweep"], [], "") { IsSweep = true },
];

var page = new StringBuilder("""
    # Gallery

    Specs that were trained as they are, and what came of it. `dotnet run specs/gallery.cs` trains them again and writes this page: every number and
    picture is that of a run. Times are those of the training alone, on one thread of a shared machine, so yours are likely to be shorter.


    """);
Directory.CreateDirectory(images);
foreach (Entry entry in entries)
{
    string target = Path.Combine(output, entry.Name);
    string[] command = ["train", entry.Spec, .. entry.IsSweep ? ["--sweep"] : (string[])[], .. entry.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--threads", "1"];
    Console.WriteLine($"{entry.Name}: vae {string.Join(' ', command)}");

    // Equal inputs train nothing. A check that fails is told on the page, it does not stop the others.
    await Cli.Wrap("dotnet").WithWorkingDirectory(root).WithValidation(CommandResultValidation.None)
        .WithArguments(["run", "-c", "Release", "--project", "src/Vae.Tool", "--", .. command, "--if-changed", "--output", target])
        .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Console.WriteLine("  " + line)))
        .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Console.Error.WriteLine("  " + line)))
        .ExecuteAsync();

    page.Append($"## {entry.Name}\n\n{entry.About ?? Introduction(Path.Combine(root, entry.Spec))}\n\n");
    foreach (string plot in entry.Plots)
    {
        string picture = $"{entry.Name}-{plot}.png";
        File.Copy(Path.Combine(target, entry.IsSweep ? "" : "plots", plot + ".png"), Path.Combine(images, picture), overwrite: true);
        page.Append($"![{entry.Name}: {plot.Replace('-', ' ')}](images/gallery/{picture})\n\n");
    }

    page.Append(entry.IsSweep ? Sweep(Path.Combine(target, "sweep.csv")) : Numbers(target, entry));
    page.Append($"\n```bash\nvae {string.Join(' ', command)}\n```\n\n[The spec](../{entry.Spec}){(entry.IsSweep ? "" : ", " + Duration(target))}.\n\n");
}

File.WriteAllText(Path.Combine(root, "docs", "gallery.md"), page.ToString().TrimEnd() + "\n");
Console.WriteLine("docs/gallery.md");

// The comment at the head of a spec says what it shows.
static string Introduction(string spec) => string.Join('\n', File.ReadLines(spec)
    .TakeWhile(line => line.StartsWith('#'))
    .Where(line => !line.Contains("yaml-language-server", StringComparison.Ordinal))
    .Select(line => line.TrimStart('#').Trim()));

static string Numbers(string target, Entry entry)
{
    using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(target, "metrics.json")));
    bool published = entry.Published.Count > 0;
    var table = new StringBuilder(published ? $"| | obtained | reference: {entry.Source} |\n|---|---|---|\n" : "| | obtained |\n|---|---|\n");
    foreach (JsonProperty metric in metrics.RootElement.GetProperty("final").EnumerateObject().OrderBy(metric => metric.Name, StringComparer.Ordinal))
    {
        string? figure = entry.Published.FirstOrDefault(row => row.Metric == metric.Name)?.Value;
        table.Append($"| `{metric.Name}` | {Text(metric.Value.GetDouble())} |{(published ? $" {figure} |" : "")}\n");
    }

    return table.ToString();
}

static string Sweep(string path)
{
    string[][] rows = [.. File.ReadLines(path).Select(line => line.Split(','))];
    int[] shown = [.. Enumerable.Range(0, rows[0].Length).Where(i => rows[0][i] is "beta" or "test.loss" or "test.reconstruction" or "test.kl")];
    var table = new StringBuilder($"| {string.Join(" | ", shown.Select(i => $"`{rows[0][i]}`"))} |\n|{string.Concat(Enumerable.Repeat("---|", shown.Length))}\n");
    foreach (string[] row in rows.Skip(1))
        table.Append($"| {string.Join(" | ", shown.Select(i => Text(double.Parse(row[i]))))} |\n");
    return table.ToString();
}

static string Duration(string target)
{
    using var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(target, "run.json")));
    JsonElement machine = run.RootElement.GetProperty("machine");
    double seconds = run.RootElement.GetProperty("seconds").GetDouble();
    return $"trained in {(seconds < 120 ? $"{seconds:0} s" : $"{seconds / 60:0} min")} on {run.RootElement.GetProperty("device").GetString()}, {machine.GetProperty("os").GetString()}";
}

// Four digits, zeros at the end among them: 82.70 stands beside 73.08.
static string Text(double value) => (Math.Abs(value) is >= 1 and < 1000 && value != Math.Round(value)
    ? value.ToString("F" + (3 - (int)Math.Floor(Math.Log10(Math.Abs(value)))))
    : value.ToString("G4")).Replace('-', '−');

static string Here([CallerFilePath] string path = "") => path;

/// <summary>A spec of the gallery.</summary>
/// <param name="Spec">Its file.</param>
/// <param name="Plots">Those of its plots that the page shows.</param>
/// <param name="Published">Final metrics as others reported them.</param>
/// <param name="Source">Where those are found.</param>
internal sealed record Entry(string Spec, IReadOnlyList<string> Plots, IReadOnlyList<Published> Published, string Source)
{
    /// <summary>The spec's name.</summary>
    public string Name => Path.GetFileName(Spec).Replace(".vae.yaml", "", StringComparison.Ordinal);

    /// <summary>Further options of <c>vae train</c>.</summary>
    public string Options { get; init; } = "";

    /// <summary>What it shows, where its file does not say so.</summary>
    public string? About { get; init; }

    /// <summary>Whether it is trained once for each point of its sweep.</summary>
    public bool IsSweep { get; init; }
}

/// <summary>A figure of somebody else.</summary>
/// <param name="Metric">The final metric.</param>
/// <param name="Value">It, as it was written.</param>
internal sealed record Published(string Metric, string Value);
