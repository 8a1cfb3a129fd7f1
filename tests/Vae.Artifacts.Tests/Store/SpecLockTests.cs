using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Tests.Store;

public sealed class SpecLockTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void It_stands_beside_its_spec() => Assert.Equal(Path.Combine("specs", "mnist.vae.lock"), SpecLock.PathFor(Path.Combine("specs", "mnist.vae.yaml")));

    [Fact]
    public void It_reads_back_what_it_wrote_and_writes_the_same_text_again()
    {
        string path = temporary.At("tiny.vae.lock");
        SpecLock written = SpecLock.Empty.With("variant=quick", Entry("22")).With("default", Entry("11", kl: double.NaN));

        written.Write(path);
        SpecLock read = SpecLock.Read(path)!;

        Assert.Equal(["default", "variant=quick"], read.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(written.Text, read.Text);
        Assert.Equal(written.Text, File.ReadAllText(path));
        Assert.DoesNotContain('\r', written.Text);
        Assert.EndsWith("}\n", written.Text, StringComparison.Ordinal);
        Assert.Equal(double.NaN, read.Entries["default"].Metrics["test.kl"]);
        Assert.True(written.Text.IndexOf("\"default\"", StringComparison.Ordinal) < written.Text.IndexOf("\"variant=quick\"", StringComparison.Ordinal));
        Assert.Equal([path], Directory.EnumerateFiles(temporary.Path, "*.lock*"));
    }

    [Fact]
    public void What_only_shows_the_result_is_left_out()
    {
        SpecLockEntry entry = Entry("11");

        Assert.Equal(["architecture.txt", "decoder.onnx", "encoder.onnx", "loss.csv", "metrics.json", "model.safetensors", "spec.resolved.yaml"], entry.Outputs.Keys);
    }

    [Fact]
    public void The_same_inputs_change_nothing_whatever_the_last_digits()
    {
        SpecLock before = SpecLock.Empty.With("default", Entry("11"));

        Assert.Same(before, before.With("default", Entry("11", kl: 5.03)));
        Assert.NotEqual(before.Text, before.With("default", Entry("12")).Text);
        Assert.Single(before.With("default", Entry("12")).Entries);
    }

    [Theory]
    [InlineData(null, "", "", "cpu", "default")]
    [InlineData("quick", "", "", "cpu", "variant=quick")]
    [InlineData(null, "", "", "cuda", "device=cuda")]
    [InlineData("quick", "beta=1;alpha=2", "b=1;a=2", "cuda", "variant=quick; param=alpha=2; param=beta=1; set=b=1; set=a=2; device=cuda")]
    public void What_is_asked_for_names_the_entry(string? variant, string parameters, string sets, string device, string key) =>
        Assert.Equal(key, SpecLock.KeyFor(
            new SpecLoadOptions { Variant = variant, Parameters = parameters.Split(';', StringSplitOptions.RemoveEmptyEntries), Sets = sets.Split(';', StringSplitOptions.RemoveEmptyEntries) },
            device));

    [Fact]
    public void Without_a_file_there_is_none() => Assert.Null(SpecLock.Read(temporary.At("none.vae.lock")));

    [Theory]
    [InlineData("{\n<<<<<<< HEAD\n}", 2)]
    [InlineData("[]", 0)]
    [InlineData("{\"vae\": 2, \"entries\": {}}", 0)]
    [InlineData("{\"vae\": 1, \"entries\": {\"default\": {}}}", 0)]
    [InlineData("", 1)]
    public void A_file_that_is_none_is_a_coded_fault_at_its_place(string text, int line)
    {
        string path = temporary.At("tiny.vae.lock");
        File.WriteAllText(path, text);

        Diagnostic diagnostic = Assert.Single(Assert.Throws<VaeException>(() => SpecLock.Read(path)).Diagnostics);

        Assert.Equal("VAE6004", diagnostic.Code.Id);
        Assert.Equal((path, line), (diagnostic.Location!.File, diagnostic.Location.Line));
    }

    [Fact]
    public void The_first_file_that_differs_is_named()
    {
        SpecLockEntry entry = Entry("11");
        Dictionary<string, string> outputs = new(entry.Outputs);

        Assert.Null(entry.DifferenceTo(outputs));
        outputs["decoder.onnx"] = "other";
        Assert.Equal("decoder.onnx has other content", entry.DifferenceTo(outputs));
        outputs.Remove("decoder.onnx");
        Assert.Equal("decoder.onnx is missing", entry.DifferenceTo(outputs));
        outputs["a.dat"] = "new";
        Assert.Equal("a.dat is not in the lock file", entry.DifferenceTo(outputs));
    }

    private SpecLockEntry Entry(string fingerprint, double kl = 5.02)
    {
        string folder = temporary.At("out");
        ArtifactWriter.Write(Results.Of(Specs.Tiny(), kl), folder, fingerprint);
        return SpecLockEntry.Of(folder)!;
    }
}
