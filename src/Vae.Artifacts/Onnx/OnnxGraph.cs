using System.Buffers.Binary;
using Vae.Artifacts.Formats;
using Vae.Dsl;

namespace Vae.Artifacts.Onnx;

/// <summary>
/// A graph under construction, and its bytes: ONNX IR version 8, opset 17 (ONNX 1.12 of 2022, the oldest pair with
/// LayerNormalization, which everything current reads). Field numbers are those of onnx.proto. The batch axis is the
/// dynamic dimension <c>batch</c>.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly List<NodeRow> nodes = [];
    private readonly List<Tensor> tensors = [];
    private readonly List<(string Name, Shape Shape, int Type)> inputs = [];
    private readonly List<(string Name, Shape Shape)> outputs = [];

    /// <summary>Declares an input [batch, …shape].</summary>
    public string Input(string input, Shape shape)
    {
        inputs.Add((input, shape, FloatType));
        return input;
    }

    /// <summary>Declares an input [batch] of whole numbers of 64 bits.</summary>
    public string IntegerInput(string input)
    {
        inputs.Add((input, [], Int64Type));
        return input;
    }

    /// <summary>Declares a value as the output [batch, …shape] of that name.</summary>
    public void Output(string value, string output, Shape shape)
    {
        Node("Identity", [value], output, output);
        outputs.Add((output, shape));
    }

    /// <summary>Adds a node with one output, and returns the output's name.</summary>
    public string Node(string op, IReadOnlyList<string> from, string nodeName, string output, params OnnxAttribute[] attributes) =>
        Node(op, from, nodeName, 0, output, attributes);

    /// <summary>Adds a node of whose outputs only the one at <paramref name="place"/> is used, and returns its name.</summary>
    public string Node(string op, IReadOnlyList<string> from, string nodeName, int place, string output, params OnnxAttribute[] attributes)
    {
        // An empty name leaves an output out.
        nodes.Add(new NodeRow(op, nodeName, from, [.. Enumerable.Repeat("", place), output], attributes));
        return output;
    }

    /// <summary>Adds numbers that the graph carries.</summary>
    public string Floats(string tensor, IReadOnlyList<int> dims, float[] values) =>
        Add(tensor, dims, FloatType, SafetensorsWriter.FloatBytes(values));

    /// <summary>Adds a list of whole numbers that the graph carries: a shape.</summary>
    public string Integers(string tensor, params long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return Add(tensor, [values.Length], Int64Type, bytes);
    }

    /// <summary>Adds a single whole number, without axes, that the graph carries.</summary>
    public string Integer(string tensor, long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Add(tensor, [], Int64Type, bytes);
    }

    /// <summary>The whole model's bytes.</summary>
    /// <param name="metadata">What <c>metadata_props</c> shall hold.</param>
    public byte[] ToBytes(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ProtobufWriter();
        model.Int(1, IrVersion);
        model.String(2, "vae");
        model.Message(7, Write);
        model.Message(8, opset =>
        {
            opset.String(1, "");
            opset.Int(2, Opset);
        });
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            model.Message(14, property =>
            {
                property.String(1, key);
                property.String(2, value);
            });
        }

        return model.ToArray();
    }

    private static void WriteNode(ProtobufWriter writer, NodeRow node)
    {
        foreach (string input in node.Inputs)
            writer.String(1, input);
        foreach (string output in node.Outputs)
            writer.String(2, output);
        writer.String(3, node.Name);
        writer.String(4, node.Op);
        foreach (OnnxAttribute attribute in node.Attributes)
            writer.Message(5, message => WriteAttribute(message, attribute));
    }

    private static void WriteAttribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        writer.String(1, attribute.Name);
        int type;
        switch (attribute.Value)
        {
            case float number:
                writer.Float(2, number);
                type = 1;
                break;
            case long number:
                writer.Int(3, number);
                type = 2;
                break;
            case string text:
                writer.String(4, text);
                type = 3;
                break;
            case long[] numbers:
                foreach (long number in numbers)
                    writer.Int(8, number);
                type = 7;
                break;
            default:
                throw new ArgumentException($"an attribute cannot be a {attribute.Value.GetType().Name}", nameof(attribute));
        }

        writer.Int(20, type);
    }

    private static void WriteTensor(ProtobufWriter writer, Tensor tensor)
    {
        foreach (int dim in tensor.Dims)
            writer.Int(1, dim);
        writer.Int(2, tensor.Type);
        writer.String(8, tensor.Name);
        writer.Bytes(9, tensor.Bytes);
    }

    private static void WriteValue(ProtobufWriter writer, string value, Shape shape, int elements)
    {
        writer.String(1, value);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Int(1, elements);
            tensor.Message(2, dims =>
            {
                dims.Message(1, dim => dim.String(2, "batch"));
                foreach (int size in shape)
                    dims.Message(1, dim => dim.Int(1, size));
            });
        }));
    }

    private string Add(string tensor, IReadOnlyList<int> dims, int type, byte[] bytes)
    {
        tensors.Add(new Tensor(tensor, dims, type, bytes));
        return tensor;
    }

    private void Write(ProtobufWriter writer)
    {
        foreach (NodeRow node in nodes)
            writer.Message(1, message => WriteNode(message, node));
        writer.String(2, name);
        foreach (Tensor tensor in tensors)
            writer.Message(5, message => WriteTensor(message, tensor));
        foreach ((string input, Shape shape, int type) in inputs)
            writer.Message(11, message => WriteValue(message, input, shape, type));
        foreach ((string output, Shape shape) in outputs)
            writer.Message(12, message => WriteValue(message, output, shape, FloatType));
    }

    private sealed record NodeRow(string Op, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, OnnxAttribute[] Attributes);

    private sealed record Tensor(string Name, IReadOnlyList<int> Dims, int Type, byte[] Bytes);
}
