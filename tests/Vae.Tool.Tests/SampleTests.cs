namespace Vae.Tool.Tests;

public sealed class SampleTests : IDisposable
{
    private readonly Workspace workspace = new();

    public SampleTests() => Workspace.Vae("train", workspace.Spec(), "--output", workspace["model"]);

    [Theory]
    [InlineData("s.png", new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' })]
    [InlineData("s.svg", new[] { (byte)'<', (byte)'s', (byte)'v', (byte)'g' })]
    [InlineData("s.npy", new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M' })]
    public void Samples_are_written_in_the_form_that_the_name_asks_for(string name, byte[] magic)
    {
        Workspace.Outcome outcome = Workspace.Vae("sample", workspace["model"], "-n", "9", "-o", workspace[name]);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal(magic, File.ReadAllBytes(workspace[name])[..4]);
    }

    [Fact]
    public void A_table_has_a_row_a_sample_with_values_of_the_data()
    {
        Workspace.Vae("sample", workspace["model"], "-n", "5", "-o", workspace["s.csv"]);

        string[] lines = File.ReadAllLines(workspace["s.csv"]);
        Assert.Equal(6, lines.Length);
        Assert.All(lines[1..], line => Assert.All(line.Split(','), value => Assert.InRange(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture), 0, 1)));
        Assert.Equal(36, lines[1].Split(',').Length);
    }

    [Theory]
    [InlineData("window: 4, split: {by: time, validation: 20%, test: 20%}", "sample,step,rpm,\"temp, C\"", 20)]
    [InlineData("validation: 20%, test: 20%", "rpm,\"temp, C\"", 5)]
    public void Samples_of_a_table_have_its_columns_and_its_units(string data, string header, int rows)
    {
        string table = "t,rpm,\"temp, C\"\n" + string.Concat(Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"{i},{3000 + (50 * Math.Sin(i * 0.3)):0.0},{-40 + Math.Cos(i * 0.2):0.00}\n")));
        File.WriteAllText(workspace["t.csv"], table);
        string spec = workspace.Spec($$"""
            vae: 1
            name: series
            data: {source: csv, path: t.csv, columns: [rpm, "temp, C"], time: t, scale: standard, {{data}}}
            encoder: [flatten, linear: {out: 16, act: relu}]
            latent: 2
            decoder: [linear: {out: 16, act: relu}, linear: {{(rows > 5 ? "[4, 2]" : "auto")}}]
            loss: {reconstruction: mse, kl: 0.1}
            train: {epochs: 2, batch: 16, lr: 1e-2, seed: 7, threads: 1}
            artifacts: {plots: [samples]}
            """, "series.vae.yaml");

        Workspace.Outcome trained = Workspace.Vae("train", spec, "--output", workspace["series"]);
        Workspace.Outcome sampled = Workspace.Vae("sample", workspace["series"], "-n", "5", "-o", workspace["series.csv"]);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (trained.Code, sampled.Code));
        string[] lines = File.ReadAllLines(workspace["series.csv"]);
        Assert.Equal(header, lines[0]);
        Assert.Equal(rows, lines.Length - 1);
        Assert.All(lines[1..], line =>
        {
            double[] values = [.. line.Split(',')[^2..].Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.InRange(values[0], 2800, 3200);
            Assert.InRange(values[1], -44, -36);
        });
    }

    [Fact]
    public void The_seed_decides_the_samples()
    {
        Workspace.Vae("sample", workspace["model"], "-n", "5", "--seed", "1", "-o", workspace["a.csv"]);
        Workspace.Vae("sample", workspace["model"], "-n", "5", "--seed", "1", "-o", workspace["b.csv"]);
        Workspace.Vae("sample", workspace["model"], "-n", "5", "--seed", "2", "-o", workspace["c.csv"]);

        Assert.Equal(File.ReadAllText(workspace["a.csv"]), File.ReadAllText(workspace["b.csv"]));
        Assert.NotEqual(File.ReadAllText(workspace["a.csv"]), File.ReadAllText(workspace["c.csv"]));
    }

    [Fact]
    public void A_label_decides_what_a_model_with_a_condition_draws()
    {
        string text = Workspace.TinySpec
            .Replace("shape: [36]", "classes: 6, shape: [36]", StringComparison.Ordinal)
            .Replace("encoder:", "condition: {label: one-hot}\nencoder:\n  - concat: label", StringComparison.Ordinal)
            .Replace("decoder:", "decoder:\n  - concat: label", StringComparison.Ordinal)
            .Replace("epochs: 3", "epochs: 60", StringComparison.Ordinal)
            .Replace("plots: [loss]", "plots: [samples: {per-label: 3}, manifold: {grid: 3, label: 2}]", StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(text), "--output", workspace["conditional"]).Code);
        Assert.True(File.Exists(workspace["conditional/plots/samples.png"]));

        Workspace.Outcome outcome = Workspace.Vae("sample", workspace["conditional"], "-n", "4", "--label", "4", "-o", workspace["four.csv"]);
        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal([4, 4, 4, 4], Bars("four.csv"));
        Assert.All(File.ReadLines(workspace["four.csv"]).Skip(1), line => Assert.EndsWith(",4", line, StringComparison.Ordinal));
        Workspace.Vae("sample", workspace["conditional"], "-n", "7", "-o", workspace["all.csv"]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0], Bars("all.csv"));
        Assert.Equal(ExitCode.Success, Workspace.Vae("sample", workspace["conditional"], "--label", "1", "-o", workspace["one.svg"]).Code);
        Assert.Contains("label 1, seed 0", File.ReadAllText(workspace["one.svg"]), StringComparison.Ordinal);

        outcome = Workspace.Vae("sample", workspace["conditional"], "--label", "6");
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("error VAE4031: 'tiny' has no label '6'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error VAE4032: ", Workspace.Vae("sample", workspace["model"], "--label", "0").Error, StringComparison.Ordinal);

        // The column of the bright bar.
        int[] Bars(string name) => [.. File.ReadLines(workspace[name]).Skip(1).Select(line =>
        {
            double[] values = [.. line.Split(',').Take(36).Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
            return Enumerable.Range(0, 6).MaxBy(column => Enumerable.Range(0, 6).Sum(row => values[(row * 6) + column]));
        })];
    }

    [Fact]
    public void A_label_may_be_asked_for_by_its_name()
    {
        File.WriteAllText(workspace["t.csv"], "kind,x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"cat,{100 + (i % 7)},{i % 5}\n" : $"dog,{i % 5},{200 + (i % 7)}\n")));
        string spec = workspace.Spec("""
            vae: 1
            name: kinds
            data: {source: csv, path: t.csv, labels: kind, classes: 2, columns: [x, y]}
            condition: {label: one-hot}
            encoder: [concat: label, linear: 4]
            latent: 1
            decoder: [concat: label, linear: {out: auto, act: sigmoid}]
            loss: {reconstruction: bce, kl: 1}
            train: {epochs: 40, batch: 10, lr: 5e-2, seed: 7, threads: 1}
            artifacts: {onnx: [decoder]}

            """);
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", spec, "--output", workspace["kinds"]).Code);

        foreach (string asked in new[] { "dog", "DOG", "1" })
        {
            Workspace.Outcome outcome = Workspace.Vae("sample", workspace["kinds"], "-n", "3", "--label", asked, "-o", workspace["dogs.csv"]);
            Assert.Equal(ExitCode.Success, outcome.Code);
            string[] lines = File.ReadAllLines(workspace["dogs.csv"]);
            Assert.Equal("x,y,label", lines[0]);
            Assert.All(lines[1..], line =>
            {
                Assert.EndsWith(",dog", line, StringComparison.Ordinal);
                Assert.InRange(double.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 150, 206);
            });
        }

        Assert.Contains("'kinds' has no label 'cow'. There are: cat, dog.", Workspace.Vae("sample", workspace["kinds"], "--label", "cow").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_model_is_a_diagnostic()
    {
        Workspace.Outcome outcome = Workspace.Vae("sample", workspace["nowhere"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("error VAE", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_a_diagnostic_and_leaves_nothing()
    {
        Directory.CreateDirectory(workspace["taken/s.png"]);
        File.WriteAllText(workspace["file"], "");

        foreach (string target in new[] { workspace["taken/s.png"], workspace["file/s.png"] })
        {
            Workspace.Outcome outcome = Workspace.Vae("sample", workspace["model"], "-n", "1", "-o", target);
            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.StartsWith($"{target}: error VAE5104: ", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(workspace["taken"]));
    }

    [Fact]
    public void An_empty_folder_name_is_wrong_usage() =>
        Assert.Equal(ExitCode.Usage, Workspace.Vae("sample", "").Code);

    public void Dispose() => workspace.Dispose();
}
