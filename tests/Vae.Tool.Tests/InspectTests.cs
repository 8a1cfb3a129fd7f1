using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Inspection;
using Vae.Artifacts.Onnx;
using Vae.Dsl.Results;

namespace Vae.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void The_files_of_a_trained_spec_are_shown_with_shapes_metadata_and_statistics()
    {
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(), "--output", workspace["model"]).Code);

        Workspace.Outcome outcome = Workspace.Vae("inspect", workspace["model"]);
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Contains("model.safetensors: safetensors, ", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"encoder\.0\.weight +F32 +\[16,36\] +576 ", outcome.Out);
        Assert.Matches(@"spec\.name +tiny\n", outcome.Out);
        Assert.Contains("encoder.onnx: ONNX, ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  ir 8, opset 17, producer vae, graph tiny encoder\n", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"inputs\n  x  float32  \[batch,36\]\n\noutputs\n  mu      float32  \[batch,2\]\n", outcome.Out);
        Assert.DoesNotContain(" -> ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains(" -> mu\n", Workspace.Vae("inspect", Path.Combine(workspace["model"], "encoder.onnx"), "--nodes").Out, StringComparison.Ordinal);

        foreach (string line in Workspace.Vae("inspect", workspace["model"], "--json").Lines)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            Assert.NotEqual(0, json.RootElement.GetProperty("arrays").GetArrayLength());
            Assert.Equal("tiny", json.RootElement.GetProperty("metadata").GetProperty("spec.name").GetString());
        }
    }

    [Fact]
    public void Statistics_leave_out_what_is_no_number_and_count_it()
    {
        File.WriteAllBytes(workspace["w.safetensors"], SafetensorsWriter.ToBytes([new NamedArray("a", [2, 3], [1, 3, float.NaN, 0, float.PositiveInfinity, 4])], new Dictionary<string, string>()));

        ArraySummary array = Assert.Single(ModelFile.Inspect(workspace["w.safetensors"]).Arrays);
        Assert.Equal(6, array.Count);
        Assert.Equal(new NumberSummary(0, 4, 2, Math.Sqrt(2.5), 1, 2), array.Numbers! with { Deviation = Math.Round(array.Numbers.Deviation, 15) }, (a, b) => Math.Abs(a.Deviation - b.Deviation) < 1e-12 && a with { Deviation = 0 } == b with { Deviation = 0 });
        Assert.Matches(@"not finite\n  a +F32 +\[2,3\] +6 +0 +4 +2 +1\.581 +2\n", Workspace.Vae("inspect", workspace["w.safetensors"]).Out);
    }

    [Fact]
    public void A_graph_of_another_writer_is_read_too()
    {
        // Fields in an order, and arrays in forms, that ours do not have: packed dims, float_data, int32_data of halves, an array among the inputs.
        var model = new ProtobufWriter();
        model.Message(7, graph =>
        {
            graph.Message(11, value => Value(value, "x", 1, dims => dims.Message(1, _ => { })));
            graph.Message(11, value => Value(value, "w", 1, dims => dims.Message(1, dim => dim.Int(1, 2))));
            graph.Message(12, value => Value(value, "y", 7, null));
            graph.Message(5, tensor =>
            {
                tensor.Bytes(1, [2]);
                tensor.Int(2, 1);
                tensor.Float(4, 1.5f);
                tensor.Bytes(4, [0, 0, 0, 0x40]);
                tensor.String(8, "w");
            });
            graph.Message(5, tensor =>
            {
                tensor.Int(1, 1);
                tensor.Int(2, 10);
                tensor.Int(5, 0x3E00);
                tensor.String(8, "half");
            });
            graph.Message(1, node =>
            {
                node.String(7, "com.acme");
                node.String(4, "Twirl");
                node.String(2, "y");
                node.String(1, "x");
            });
        });
        model.Message(8, opset =>
        {
            opset.String(1, "com.acme");
            opset.Int(2, 3);
        });
        model.Int(1, 9);
        File.WriteAllBytes(workspace["other.onnx"], model.ToArray());

        ModelFileSummary summary = ModelFile.Inspect(workspace["other.onnx"]);
        Assert.Equal([new("ir", "9"), new("opset", "com.acme 3")], summary.Facts);
        Assert.Equal("x", Assert.Single(summary.Inputs).Name);
        Assert.Equal(["?"], summary.Inputs[0].Shape);
        Assert.Equal(("y", "int64", (IReadOnlyList<string>?)null), (summary.Outputs[0].Name, summary.Outputs[0].Type, summary.Outputs[0].Shape));
        Assert.Equal("com.acme.Twirl", Assert.Single(summary.Nodes).Operator);
        Assert.Equal((1.5, 2.0), (summary.Arrays[0].Numbers!.Min, summary.Arrays[0].Numbers!.Max));
        Assert.Equal(("float16", 1.5), (summary.Arrays[1].Type, summary.Arrays[1].Numbers!.Mean));

        static void Value(ProtobufWriter value, string name, int type, Action<ProtobufWriter>? shape)
        {
            value.String(1, name);
            value.Message(2, kind => kind.Message(1, tensor =>
            {
                tensor.Int(1, type);
                if (shape is not null)
                    tensor.Message(2, shape);
            }));
        }
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_or_read_and_nothing_else()
    {
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(), "--output", workspace["model"]).Code);
        byte[] whole = File.ReadAllBytes(Path.Combine(workspace["model"], "decoder.onnx"));
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(workspace["cut.onnx"], whole[..length]);
            Workspace.Outcome outcome = Workspace.Vae("inspect", workspace["cut.onnx"]);
            Assert.True(outcome.Code == ExitCode.Success || outcome.Error.Contains("error VAE5108: ", StringComparison.Ordinal), outcome.Error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("vae: 1\nname: tiny\n")]
    [InlineData("PK\u0003\u0004")]
    public void What_is_neither_is_a_diagnostic(string text)
    {
        File.WriteAllText(workspace["x.bin"], text);
        Workspace.Outcome outcome = Workspace.Vae("inspect", workspace["x.bin"]);
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.StartsWith($"{workspace["x.bin"]}: error VAE5108: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error VAE5108: ", Workspace.Vae("inspect", workspace["nowhere.onnx"]).Error, StringComparison.Ordinal);
    }
}
