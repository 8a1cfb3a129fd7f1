using System.Globalization;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Tool.Tests;

public sealed class InferenceTests(InferenceTests.Trained trained) : IClassFixture<InferenceTests.Trained>, IDisposable
{
    private readonly Workspace workspace = new();

    private string Images => workspace["images-idx3-ubyte"];

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void The_same_examples_have_the_same_codes_whatever_file_they_come_from()
    {
        Assert.Equal("80 codes of tiny -> " + workspace["idx.csv"], Assert.Single(Done("encode", trained.Pictures, Images, "-o", workspace["idx.csv"]).Lines));

        float[] values = [.. File.ReadAllBytes(Images).Skip(16).Select(value => value / 255f)];
        File.WriteAllBytes(workspace["x.npy"], NpyWriter.ToBytes(new NamedArray("x", [80, 6, 6], values)));
        Done("encode", trained.Pictures, workspace["x.npy"], "-o", workspace["npy.csv"]);
        AssertClose(Numbers("idx.csv"), Numbers("npy.csv"), 1e-5);

        File.WriteAllLines(workspace["x.csv"], [
            string.Join(',', Enumerable.Range(0, 36).Select(i => $"p{i}")),
            .. values.Chunk(36).Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))))]);
        Done("encode", trained.Pictures, workspace["x.csv"], "-o", workspace["csv.csv"]);
        AssertClose(Numbers("idx.csv"), Numbers("csv.csv"), 1e-5);
    }

    [Fact]
    public void Decoding_the_codes_is_reconstructing_the_examples()
    {
        Done("encode", trained.Pictures, Images, "-o", workspace["z.npy"]);
        Done("decode", trained.Pictures, workspace["z.npy"], "-o", workspace["decoded.csv"]);
        Done("reconstruct", trained.Pictures, Images, "-o", workspace["seen.csv"]);

        Assert.Equal(File.ReadAllText(workspace["seen.csv"]), File.ReadAllText(workspace["decoded.csv"]));
        Done("encode", trained.Pictures, Images, "-o", workspace["z.csv"]);
        Done("decode", trained.Pictures, workspace["z.csv"], "-o", workspace["again.csv"]);
        AssertClose(Numbers("seen.csv"), Numbers("again.csv"), 1e-6);
    }

    [Fact]
    public void A_picture_goes_in_and_a_picture_of_its_size_comes_out()
    {
        Assert.Equal($"9 samples of tiny -> {workspace["album/"]}", Assert.Single(Done("sample", trained.Pictures, "-n", "9", "-o", workspace["album/"]).Lines));
        Assert.Equal(9, Directory.GetFiles(workspace["album"], "*.png").Length);
        Picture original = PngReader.Read(File.ReadAllBytes(workspace["album/0004.png"]));
        Assert.Equal((6, 6), (original.Width, original.Height));

        Assert.Equal($"1 reconstruction of tiny -> {workspace["one.png"]}", Assert.Single(Done("reconstruct", trained.Pictures, workspace["album/0004.png"], "-o", workspace["one.png"]).Lines));
        Picture seen = PngReader.Read(File.ReadAllBytes(workspace["one.png"]));
        Assert.Equal((6, 6), (seen.Width, seen.Height));
        Assert.InRange(seen.Rgb.Zip(original.Rgb, (a, b) => Math.Abs(a - b)).Average(), 0, 60);

        Done("reconstruct", trained.Pictures, workspace["album"], "-o", workspace["seen/"]);
        Assert.Equal(seen.Rgb, PngReader.Read(File.ReadAllBytes(workspace["seen/0004.png"])).Rgb);
        Done("encode", trained.Pictures, workspace["album"], "-o", workspace["z.csv"]);
        Assert.StartsWith("0004.png,", File.ReadAllLines(workspace["z.csv"])[5], StringComparison.Ordinal);
        Done("decode", trained.Pictures, workspace["z.csv"], "-o", workspace["from-codes/"]);
        Assert.Equal(seen.Rgb, PngReader.Read(File.ReadAllBytes(workspace["from-codes/0004.png"])).Rgb);
    }

    [Fact]
    public void Pictures_that_differ_in_their_endings_stay_two_and_nothing_writes_over_what_it_reads()
    {
        Done("sample", trained.Pictures, "-n", "1", "-o", workspace["album/"]);
        File.Move(workspace["album/0000.png"], workspace["album/a.png"]);
        File.Copy(workspace["album/a.png"], workspace["album/a.jpg"]);
        Done("reconstruct", trained.Pictures, workspace["album"], "-o", workspace["seen/"]);
        Assert.Equal(["a.jpg.png", "a.png.png"], Directory.GetFiles(workspace["seen"]).Select(path => Path.GetFileName(path)).Order());

        foreach (string[] arguments in (string[][])[["reconstruct", trained.Pictures, workspace["album"], "-o", workspace["album/"]], ["encode", trained.Pictures, workspace["x.csv"], "-o", workspace["x.csv"]]])
        {
            Workspace.Outcome outcome = Workspace.Vae(arguments);
            Assert.Equal(ExitCode.Usage, outcome.Code);
            Assert.Contains("would be written over", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_reconstructions_are_drawn_beside_their_originals()
    {
        Done("reconstruct", trained.Pictures, Images, "-o", workspace["all.svg"]);
        Assert.Contains("80 originals and their reconstructions", File.ReadAllText(workspace["all.svg"]), StringComparison.Ordinal);
        Done("reconstruct", trained.Series, trained.Table, "-o", workspace["series.svg"]);
        Assert.Contains("the original in grey", File.ReadAllText(workspace["series.svg"]), StringComparison.Ordinal);
        Done("reconstruct", trained.Series, trained.Table, "-o", workspace["series.png"]);
        Assert.True(PngReader.Read(File.ReadAllBytes(workspace["series.png"])).Width > 400);
    }

    [Fact]
    public void One_code_can_be_given_as_it_is()
    {
        Done("decode", trained.Pictures, "--code", "0.5, -1", "-o", workspace["one.csv"]);
        Assert.Equal(36, Numbers("one.csv").Length);
        Assert.Equal(ExitCode.Usage, Workspace.Vae("decode", trained.Pictures, "--code", "0.5", "-o", workspace["one.csv"]).Code);
    }

    [Fact]
    public void Codes_can_be_drawn_or_come_with_their_log_variances()
    {
        Done("encode", trained.Pictures, Images, "-o", workspace["mean.csv"]);
        foreach ((string seed, string name) in new[] { ("1", "a.csv"), ("1", "b.csv"), ("2", "c.csv") })
            Done("encode", trained.Pictures, Images, "--draw", seed, "-o", workspace[name]);
        Assert.Equal(Numbers("a.csv"), Numbers("b.csv"));
        Assert.NotEqual(Numbers("a.csv"), Numbers("c.csv"));
        Assert.NotEqual(Numbers("a.csv"), Numbers("mean.csv"));

        Done("encode", trained.Pictures, Images, "--distribution", "-o", workspace["both.csv"]);
        Assert.Equal("z0,z1,logvar0,logvar1", File.ReadLines(workspace["both.csv"]).First());
        Done("encode", trained.Pictures, Images, "--distribution", "-o", workspace["both.npy"]);
        Assert.Contains("'shape': (80, 2, 2,)", File.ReadAllText(workspace["both.npy"]), StringComparison.Ordinal);
        // What it wrote with log-variances it reads again.
        Done("decode", trained.Pictures, workspace["both.csv"], "-o", workspace["decoded.npy"]);
    }

    [Fact]
    public void A_series_goes_in_and_out_in_its_own_units_and_columns_are_found_by_name()
    {
        Assert.Equal(
            [$"49 reconstructions of series -> {workspace["seen.csv"]}", "left out at the end: 3 rows, too few for one more window"],
            Done("reconstruct", trained.Series, trained.Table, "-o", workspace["seen.csv"]).Lines);
        string[] lines = File.ReadAllLines(workspace["seen.csv"]);
        Assert.Equal("example,step,rpm,\"temp, C\"", lines[0]);
        Assert.Equal(49 * 4, lines.Length - 1);
        Assert.All(lines[1..], line =>
        {
            double[] values = [.. line.Split(',')[^2..].Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
            Assert.InRange(values[0], 2800, 3200);
            Assert.InRange(values[1], -44, -36);
        });

        Done("encode", trained.Series, trained.Table, "--stride", "1", "-o", workspace["z.csv"]);
        Assert.Equal(199 - 4 + 1, File.ReadLines(workspace["z.csv"]).Count() - 1);

        string[] other = [.. File.ReadLines(trained.Table).Select((line, row) => row == 0 ? "\"temp, C\",note,rpm" : $"{line.Split(',')[2]},x,{line.Split(',')[1]}")];
        File.WriteAllLines(workspace["other.csv"], other);
        Done("encode", trained.Series, workspace["other.csv"], "--stride", "1", "-o", workspace["z2.csv"]);
        Assert.Equal(File.ReadAllText(workspace["z.csv"]), File.ReadAllText(workspace["z2.csv"]));

        // What it wrote it reads again: numbering is no data.
        Done("encode", trained.Series, workspace["seen.csv"], "-o", workspace["z3.csv"]);
        Assert.Equal(49, File.ReadLines(workspace["z3.csv"]).Count() - 1);
    }

    [Fact]
    public void Labels_come_from_the_table_or_the_command_line()
    {
        Done("encode", trained.Kinds, trained.KindsTable, "-o", workspace["z.csv"]);
        string[] lines = File.ReadAllLines(workspace["z.csv"]);
        Assert.Equal("z0,label", lines[0]);
        Assert.EndsWith(",cat", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",dog", lines[2], StringComparison.Ordinal);

        // A file that holds one of the classes only has the same codes for it.
        File.WriteAllLines(workspace["dogs.csv"], ["kind,x,y", File.ReadAllLines(trained.KindsTable)[2]]);
        Done("encode", trained.Kinds, workspace["dogs.csv"], "-o", workspace["dog.csv"]);
        Assert.Equal(lines[2], File.ReadAllLines(workspace["dog.csv"])[1]);

        File.WriteAllLines(workspace["bare.csv"], ["y,x", string.Join(',', File.ReadAllLines(trained.KindsTable)[2].Split(',')[1..].Reverse())]);
        Workspace.Outcome outcome = Workspace.Vae("encode", trained.Kinds, workspace["bare.csv"], "-o", workspace["z.csv"]);
        Assert.Contains($"{workspace["bare.csv"]}: error VAE4030: ", outcome.Error, StringComparison.Ordinal);
        Done("encode", trained.Kinds, workspace["bare.csv"], "--label", "dog", "-o", workspace["bare-dog.csv"]);
        Assert.Equal(lines[2], File.ReadAllLines(workspace["bare-dog.csv"])[1]);

        Done("decode", trained.Kinds, workspace["z.csv"], "-o", workspace["decoded.csv"]);
        Assert.Equal("x,y,label", File.ReadLines(workspace["decoded.csv"]).First());
        Done("reconstruct", trained.Kinds, trained.KindsTable, "-o", workspace["seen.csv"]);
        AssertClose(Numbers("decoded.csv"), Numbers("seen.csv"), 1e-3);

        File.WriteAllLines(workspace["cow.csv"], ["kind,x,y", "cow,1,2"]);
        outcome = Workspace.Vae("encode", trained.Kinds, workspace["cow.csv"], "-o", workspace["z.csv"]);
        Assert.Contains("error VAE4031: 'kinds' has no label 'cow'. There are: cat, dog.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error VAE4032: ", Workspace.Vae("encode", trained.Pictures, Images, "--label", "1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_and_numbers_are_binarized_as_the_training_set_was()
    {
        string spec = workspace.Spec(Workspace.TinySpec.Replace("shape: [36]", "binarize: threshold, shape: [36]", StringComparison.Ordinal));
        Done("train", spec, "--output", workspace["binary"]);
        byte[] pixels = [.. File.ReadAllBytes(Images).Skip(16)];
        File.WriteAllBytes(workspace["grey.npy"], NpyWriter.ToBytes(new NamedArray("x", [80, 36], Array.ConvertAll(pixels, value => value / 255f))));
        File.WriteAllBytes(workspace["binary.npy"], NpyWriter.ToBytes(new NamedArray("x", [80, 36], Array.ConvertAll(pixels, value => value > 127 ? 1f : 0f))));
        foreach ((string input, string output) in new[] { (Images, "a.csv"), (workspace["grey.npy"], "b.csv"), (workspace["binary.npy"], "c.csv") })
            Done("encode", workspace["binary"], input, "-o", workspace[output]);

        Assert.Equal(Numbers("a.csv"), Numbers("b.csv"));
        Assert.Equal(Numbers("a.csv"), Numbers("c.csv"));
    }

    [Fact]
    public void What_does_not_suit_the_model_is_a_diagnostic()
    {
        File.WriteAllBytes(workspace["raw.npy"], NpyWriter.ToBytes(new NamedArray("x", [1, 36], [.. Enumerable.Repeat(200f, 36)])));
        AssertFails("VAE4072", "encode", trained.Pictures, workspace["raw.npy"]);
        File.WriteAllBytes(workspace["wide.npy"], NpyWriter.ToBytes(new NamedArray("x", [1, 37], new float[37])));
        AssertFails("VAE3007", "encode", trained.Pictures, workspace["wide.npy"]);
        AssertFails("VAE3001", "encode", trained.Pictures, workspace["nowhere.npy"]);
        AssertFails("VAE3001", "encode", trained.Pictures, workspace["x.docx"]);
        File.WriteAllLines(workspace["short.csv"], File.ReadLines(trained.Table).Take(3));
        AssertFails("VAE3", "reconstruct", trained.Series, workspace["short.csv"]);
        AssertFails("VAE4073", "reconstruct", trained.Series, trained.Table, "-o", workspace["pictures/"]);
        AssertFails("VAE4070", "encode", Path.Combine(Path.GetDirectoryName(trained.Kinds)!, "decoder"), trained.KindsTable);
        AssertFails("VAE5103", "encode", workspace["nowhere"], Images);
    }

    [Fact]
    public void A_broken_network_is_a_diagnostic()
    {
        Directory.CreateDirectory(workspace["broken"]);
        foreach (string file in (string[])["spec.resolved.yaml", "encoder.onnx", "decoder.onnx"])
            File.Copy(Path.Combine(trained.Pictures, file), Path.Combine(workspace["broken"], file));
        File.WriteAllText(Path.Combine(workspace["broken"], "encoder.onnx"), "no model");
        AssertFails("VAE4070", "encode", workspace["broken"], Images);
    }

    [Fact]
    public async Task Nothing_of_it_needs_libtorch()
    {
        var nowhere = new Dictionary<string, string> { ["VAE_LIBTORCH"] = workspace["nowhere"] };
        foreach (string[] arguments in (string[][])
        [
            ["sample", trained.Pictures, "-o", workspace["s.npy"]],
            ["encode", trained.Pictures, Images, "-o", workspace["z.npy"]],
            ["decode", trained.Pictures, workspace["z.npy"], "-o", workspace["x.npy"]],
            ["reconstruct", trained.Pictures, Images, "-o", workspace["r.png"]],
        ])
        {
            (int code, _, string error) = await ToolProcess.Run(arguments, nowhere);
            Assert.Equal((ExitCode.Success, ""), (code, error));
        }

        // The variable is in force: what trains fails with it.
        (int failed, string told, string reason) = await ToolProcess.Run(["train", workspace.Spec(), "-o", workspace["m"]], nowhere);
        Assert.True(failed == ExitCode.Failure && (told + reason).Contains("VAE0001", StringComparison.Ordinal), told + reason);
    }

    private static Workspace.Outcome Done(params string[] arguments)
    {
        Workspace.Outcome outcome = Workspace.Vae(arguments);
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        return outcome;
    }

    private static void AssertFails(string code, params string[] arguments)
    {
        Workspace.Outcome outcome = Workspace.Vae(arguments);
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains($"error {code}", outcome.Error, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b) / (1 + Math.Abs(a))).Max(), 0, tolerance);
    }

    /// <summary>The numbers of a table.</summary>
    private double[] Numbers(string name) =>
        [.. File.ReadLines(workspace[name]).Skip(1).SelectMany(line => line.Split(',')).Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value : 0)];

    /// <summary>A model of pictures, one of a series, and one with named labels.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly Workspace workspace = new();

        public Trained()
        {
            Train(workspace.Spec(), Pictures);
            File.WriteAllText(Table, "t,rpm,\"temp, C\"\n" + string.Concat(Enumerable.Range(0, 199).Select(i => FormattableString.Invariant($"{i},{3000 + (50 * Math.Sin(i * 0.3)):0.0},{-40 + Math.Cos(i * 0.2):0.00}\n"))));
            Train(
                workspace.Spec(
                    """
                    vae: 1
                    name: series
                    data: {source: csv, path: series.csv, columns: [rpm, "temp, C"], time: t, scale: standard, window: 4, split: {by: time, validation: 20%, test: 20%}}
                    encoder: [flatten, linear: {out: 16, act: relu}]
                    latent: 2
                    decoder: [linear: {out: 16, act: relu}, linear: {out: [4, 2]}]
                    loss: {reconstruction: mse, kl: 0.1}
                    train: {epochs: 2, batch: 16, lr: 1e-2, seed: 7, threads: 1}
                    artifacts: {plots: [loss]}
                    """,
                    "series.vae.yaml"),
                Series);
            File.WriteAllText(KindsTable, "kind,x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"cat,{100 + (i % 7)},{i % 5}\n" : $"dog,{i % 5},{200 + (i % 7)}\n")));
            const string kinds = """
                vae: 1
                name: kinds
                data: {source: csv, path: kinds.csv, labels: kind, classes: 2, columns: [x, y]}
                condition: {label: one-hot}
                encoder: [concat: label, linear: 4]
                latent: 1
                decoder: [concat: label, linear: {out: auto, act: sigmoid}]
                loss: {reconstruction: bce, kl: 1}
                train: {epochs: 5, batch: 10, lr: 5e-2, seed: 7, threads: 1}
                artifacts: {plots: [loss], onnx: [encoder, decoder]}
                """;
            Train(workspace.Spec(kinds, "kinds.vae.yaml"), Kinds);
            Train(workspace.Spec(kinds.Replace("[encoder, decoder]", "[decoder]", StringComparison.Ordinal), "decoder.vae.yaml"), workspace["decoder"]);
        }

        public string Pictures => workspace["pictures"];

        public string Series => workspace["series"];

        public string Table => workspace["series.csv"];

        public string Kinds => workspace["kinds"];

        public string KindsTable => workspace["kinds.csv"];

        public void Dispose() => workspace.Dispose();

        private static void Train(string spec, string folder)
        {
            Workspace.Outcome outcome = Workspace.Vae("train", spec, "--output", folder);
            Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        }
    }
}
