using System.Globalization;
using System.Text;
using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Writing;

public sealed class ArtifactWriterTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_result_leaves_every_file_of_its_spec()
    {
        string folder = temporary.At("out", "tiny");
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, Results.Fingerprint);
        Assert.Superset(
            new HashSet<string> { "architecture.txt", "decoder.onnx", "encoder.onnx", "loss.csv", "manifest.json", "metrics.json", "model.py", "model.safetensors", "run.json", "spec.resolved.yaml" },
            new HashSet<string>(Directory.GetFiles(folder).Select(path => Path.GetFileName(path))));
        Assert.Equal(["out"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
        Assert.Equal(["tiny"], Directory.GetFileSystemEntries(temporary.At("out")).Select(Path.GetFileName));
    }

    [Fact]
    public void Only_what_the_spec_asks_for_is_written()
    {
        Spec spec = Specs.Tiny() with { Artifacts = new ArtifactsSpec { Weights = [], Onnx = ["decoder"], Report = false } };
        SortedDictionary<string, byte[]> files = ArtifactWriter.Files(Results.Of(spec), Results.Fingerprint);
        Assert.Equal(["architecture.txt", "decoder.onnx", "loss.csv", "manifest.json", "metrics.json", "run.json", "spec.resolved.yaml"], files.Keys);
    }

    [Fact]
    public void Pictures_that_the_spec_does_not_name_are_the_reports_own()
    {
        Spec spec = Specs.Tiny();
        Assert.Equal(["report/loss.svg"], ArtifactWriter.Files(Results.Of(spec), Results.Fingerprint).Keys.Where(path => path.Contains('/', StringComparison.Ordinal)));
        spec = spec with { Artifacts = new ArtifactsSpec { Plots = [new Component("loss", Arguments.None)] } };
        Assert.Equal(["plots/loss.png", "plots/loss.svg"], ArtifactWriter.Files(Results.Of(spec), Results.Fingerprint).Keys.Where(path => path.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public void A_trainings_health_has_a_row_an_epoch_and_reads_back()
    {
        TrainingResult result = Results.Of(Specs.Tiny()) with { Health = [new EpochHealth(1, 0.5, 1.5, 0.002, -3.25, 0.125), new EpochHealth(2, 1 / 3.0, 1, 0.001, -4, 0)] };
        string text = Text(result, "health.csv");
        Assert.StartsWith("epoch,gradient-norm,gradient-norm.largest,lr,logvar.lowest,logvar.highest\n1,0.5,1.5,0.002,-3.25,0.125\n", text, StringComparison.Ordinal);
        Assert.Equal(result.Health, HealthCsv.Read(text));
        Assert.Contains("line 1 must name", Assert.Throws<FormatException>(() => HealthCsv.Read("epoch\n1\n")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("health.csv", ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint).Keys);
    }

    [Fact]
    public void The_PyTorch_module_comes_with_the_weights_that_it_takes_unless_the_spec_says_none()
    {
        Assert.Contains("model.py", ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint).Keys);
        foreach (ArtifactsSpec artifacts in (ArtifactsSpec[])[new ArtifactsSpec { PyTorch = false }, new ArtifactsSpec { Weights = ["torchsharp"] }])
            Assert.DoesNotContain("model.py", ArtifactWriter.Files(Results.Of(Specs.Tiny() with { Artifacts = artifacts }), Results.Fingerprint).Keys);
    }

    [Fact]
    public void What_is_exported_is_compared_before_anything_is_written()
    {
        byte[]? encoder = null, decoder = null;
        SortedDictionary<string, byte[]> files = ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint, (first, second) =>
        {
            (encoder, decoder) = (first, second);
            return 2.5e-7;
        });
        Assert.Same(files["encoder.onnx"], encoder);
        Assert.Same(files["decoder.onnx"], decoder);
        Assert.Contains("\"onnxDifference\": 2.5E-07,\n", Encoding.UTF8.GetString(files["run.json"]), StringComparison.Ordinal);
        Assert.Contains(ArtifactWriter.Probe, ArtifactWriter.RequestsFor(Specs.Tiny()));

        string folder = temporary.At("out", "tiny");
        Assert.Throws<InvalidOperationException>(() => ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, Results.Fingerprint, (_, _) => throw new InvalidOperationException()));
        Assert.False(Directory.Exists(folder));

        Spec without = Specs.Tiny() with { Artifacts = new ArtifactsSpec { Onnx = [] } };
        Assert.DoesNotContain(ArtifactWriter.Probe, ArtifactWriter.RequestsFor(without));
        ArtifactWriter.Files(Results.Of(without), Results.Fingerprint, (_, _) => throw new InvalidOperationException());
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes_except_for_the_run()
    {
        SortedDictionary<string, byte[]> first = ArtifactWriter.Files(Results.Of(Specs.Tiny(), seconds: 1), Results.Fingerprint);
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        SortedDictionary<string, byte[]> second = ArtifactWriter.Files(Results.Of(Specs.Tiny(), seconds: 2), Results.Fingerprint);
        CultureInfo.CurrentCulture = culture;
        Assert.Equal(["run.json"], first.Keys.Where(key => !first[key].SequenceEqual(second[key])));
    }

    [Fact]
    public void Texts_have_line_feeds_and_a_final_one_and_no_byte_order_mark()
    {
        foreach ((string path, byte[] content) in ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint))
        {
            if (Path.GetExtension(path) is ".onnx" or ".safetensors" or ".png")
                continue;
            Assert.DoesNotContain((byte)'\r', content);
            Assert.True(content[^1] == (byte)'\n', path);
            Assert.NotEqual(0xEF, content[0]);
        }
    }

    [Fact]
    public void The_loss_curve_is_a_row_an_epoch_and_reads_back()
    {
        TrainingResult result = Results.Of(Specs.Tiny(), kl: 1 / 3.0);
        string text = Text(result, "loss.csv");
        Assert.StartsWith("epoch,train.loss,train.reconstruction,train.kl,kl.weight,lr\n1,0.0623,0.0585,3.8,0.001,0.002\n", text, StringComparison.Ordinal);
        Curve read = LossCsv.Read(text);
        Assert.Equal(result.Curve.Columns, read.Columns);
        Assert.Equal(result.Curve.Rows, read.Rows);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3 has 1 cells")]
    [InlineData("a,b\n1,x\n", "line 2: 'x'")]
    public void A_damaged_curve_is_told_with_its_line(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => LossCsv.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Metrics_come_with_the_verdict_of_every_check()
    {
        Spec spec = Specs.Tiny() with { Checks = new ChecksSpec { Metrics = [new MetricCheck("test.kl", Max: 4), new MetricCheck("train.loss", Min: 0.05)] } };
        using JsonDocument json = JsonDocument.Parse(Text(Results.Of(spec), "metrics.json"));
        JsonElement root = json.RootElement;
        Assert.Equal(3, root.GetProperty("epochs").GetInt32());
        Assert.Equal(0.1 / 3, root.GetProperty("final").GetProperty("test.reconstruction").GetDouble());
        Assert.Equal("tiny", root.GetProperty("spec").GetProperty("name").GetString());
        Assert.Equal(SpecDigest.Of(spec), root.GetProperty("spec").GetProperty("sha256").GetString());
        JsonElement check = root.GetProperty("checks")[0];
        Assert.Equal(("test.kl", 4.0, 5.02, false), (check.GetProperty("metric").GetString(), check.GetProperty("max").GetDouble(), check.GetProperty("value").GetDouble(), check.GetProperty("passed").GetBoolean()));
        Assert.True(root.GetProperty("checks")[1].GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Numbers_that_json_does_not_know_become_strings() =>
        Assert.Contains("\"test.kl\": \"NaN\"", Text(Results.Of(Specs.Tiny(), kl: double.NaN), "metrics.json"), StringComparison.Ordinal);

    [Fact]
    public void The_manifest_tells_what_is_in_the_folder_and_from_what()
    {
        SortedDictionary<string, byte[]> files = ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint);
        using JsonDocument json = JsonDocument.Parse(files["manifest.json"]);
        JsonElement root = json.RootElement;
        Assert.Equal(Results.Fingerprint, root.GetProperty("fingerprint").GetString());
        Assert.Equal(files.Keys.Except(["manifest.json", "run.json"]), root.GetProperty("files").EnumerateObject().Select(file => file.Name));
        foreach (JsonProperty file in root.GetProperty("files").EnumerateObject())
        {
            Assert.Equal(files[file.Name].Length, file.Value.GetProperty("bytes").GetInt32());
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(files[file.Name])), file.Value.GetProperty("sha256").GetString());
        }

        Assert.Equal(["libtorch", "torchsharp", "vae"], root.GetProperty("libraries").EnumerateObject().Select(library => library.Name));
        Assert.Equal(["labels", "train-images"], root.GetProperty("data").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.Equal("encoder.0.weight", root.GetProperty("arrays")[0].GetProperty("name").GetString());
        Assert.Equal("[3,4]", root.GetProperty("arrays")[0].GetProperty("shape").GetString());
    }

    [Fact]
    public void No_artifact_holds_a_path_or_the_name_of_this_machine()
    {
        foreach ((string path, byte[] content) in ArtifactWriter.Files(Results.Of(Specs.Tiny()), Results.Fingerprint))
        {
            string text = Encoding.UTF8.GetString(content);
            Assert.DoesNotContain(Environment.CurrentDirectory, text, StringComparison.Ordinal);
            Assert.False(text.Contains(Environment.MachineName, StringComparison.Ordinal) && Environment.MachineName.Length > 4, path);
        }
    }

    [Fact]
    public void The_weights_keep_pytorchs_names_and_tell_their_spec()
    {
        Spec spec = Specs.Tiny();
        SafetensorsFile file = SafetensorsReader.Read(ArtifactWriter.Files(Results.Of(spec), Results.Fingerprint)["model.safetensors"], "m");
        Assert.Equal(StateDict.Of(spec).Select(array => array.Name).Order(), file.Arrays.Select(array => array.Name).Order());
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(SpecDigest.Of(spec), file.Metadata["spec.sha256"]);
    }

    [Fact]
    public void A_second_result_takes_the_place_of_the_first_and_keeps_what_others_put_there()
    {
        string folder = temporary.At("tiny");
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, "one");
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
        Spec fewer = Specs.Tiny() with { Artifacts = new ArtifactsSpec { Onnx = [] } };

        ArtifactWriter.Write(Results.Of(fewer), folder, "two");

        Assert.Equal("two", ArtifactFolder.FingerprintOf(folder));
        Assert.False(File.Exists(Path.Combine(folder, "encoder.onnx")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "notes.txt")));
        Assert.Equal(["tiny"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_of_other_things_is_left_alone()
    {
        File.WriteAllText(temporary.At("thesis.txt"), "years of work");
        VaeException e = Assert.Throws<VaeException>(() => ArtifactWriter.Write(Results.Of(Specs.Tiny()), temporary.Path, "one"));
        Assert.Equal("VAE5104", e.Diagnostics[0].Code.Id);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_left_of_a_result_that_was_deleted_in_parts_is_replaced()
    {
        string folder = temporary.At("tiny");
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, "one");
        File.Delete(Path.Combine(folder, "manifest.json"));
        File.Delete(Path.Combine(folder, "loss.csv"));

        ArtifactWriter.CheckTarget(folder);
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, "two");

        Assert.Equal("two", ArtifactFolder.FingerprintOf(folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_before_there_is_a_result()
    {
        File.WriteAllText(temporary.At("file"), "");

        foreach (string folder in new[] { temporary.Path, temporary.At("file"), temporary.At("file/deep/down") })
            Assert.Equal("VAE5104", Assert.Throws<VaeException>(() => ArtifactWriter.CheckTarget(folder)).Diagnostics[0].Code.Id);
        ArtifactWriter.CheckTarget(temporary.At("new/deep/down"));

        Assert.Equal(["file"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_failure_leaves_the_old_folder_whole_and_nothing_beside_it()
    {
        string folder = temporary.At("tiny");
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, "one");
        // A name cannot be a file and a folder.
        var impossible = new Dictionary<string, byte[]> { ["a"] = [1], ["a/b"] = [2] };

        VaeException e = Assert.Throws<VaeException>(() => FolderSwap.Replace(folder, impossible));

        Assert.Equal("VAE5104", e.Diagnostics[0].Code.Id);
        Assert.Equal("one", ArtifactFolder.FingerprintOf(folder));
        Assert.Equal(["tiny"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Weights_that_are_not_the_specs_write_nothing()
    {
        TrainingResult result = Results.Of(Specs.Tiny());
        Assert.Throws<VaeException>(() => ArtifactWriter.Write(result with { Weights = [.. result.Weights.Skip(1)] }, temporary.At("tiny"), "one"));
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_folder_that_is_not_whole_has_no_fingerprint()
    {
        string folder = temporary.At("tiny");
        Assert.Null(ArtifactFolder.FingerprintOf(folder));
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, "one");
        Assert.Equal("one", ArtifactFolder.FingerprintOf(folder));

        string model = Path.Combine(folder, "model.safetensors");
        byte[] whole = File.ReadAllBytes(model);
        File.WriteAllBytes(model, whole[..^1]);
        Assert.Null(ArtifactFolder.FingerprintOf(folder));
        File.WriteAllBytes(model, whole);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), "{}");
        Assert.Null(ArtifactFolder.FingerprintOf(folder));
    }

    private static string Text(TrainingResult result, string file) => Encoding.UTF8.GetString(ArtifactWriter.Files(result, Results.Fingerprint)[file]);
}
