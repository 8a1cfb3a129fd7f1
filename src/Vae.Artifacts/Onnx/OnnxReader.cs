using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Vae.Artifacts.Inspection;

namespace Vae.Artifacts.Onnx;

/// <summary>Reads what <c>vae inspect</c> tells of an ONNX model. Field numbers are those of onnx.proto.</summary>
internal static class OnnxReader
{
    private static readonly string[] Types =
    [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16",
        "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4", "float4e2m1",
    ];

    /// <summary>Sums up a model.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ModelFileSummary Read(ReadOnlySpan<byte> content)
    {
        List<KeyValuePair<string, string>> metadata = [];
        List<string> opsets = [];
        string producer = "";
        long version = 0;
        ReadOnlySpan<byte> graph = default;
        bool hasGraph = false;
        var model = new ProtobufReader(content);
        while (model.Next())
        {
            switch (model.Field)
            {
                case 1:
                    version = model.Number;
                    break;
                case 2:
                    producer = model.Text;
                    break;
                case 3 when model.Bytes.Length > 0:
                    producer += " " + model.Text;
                    break;
                case 7:
                    graph = model.Bytes;
                    hasGraph = true;
                    break;
                case 8:
                    opsets.Add(Opset(model.Bytes));
                    break;
                case 14:
                    metadata.Add(Entry(model.Bytes));
                    break;
            }
        }

        if (!hasGraph || version == 0)
            throw new FormatException("it has no graph");
        (string name, ModelFileSummary summary) = Graph(graph, content.Length);
        return summary with
        {
            Facts =
            [
                new("ir", version.ToString(CultureInfo.InvariantCulture)),
                new("opset", string.Join(", ", opsets)),
                .. producer.Length == 0 ? (KeyValuePair<string, string>[])[] : [new("producer", producer)],
                .. name.Length == 0 ? (KeyValuePair<string, string>[])[] : [new("graph", name)],
            ],
            Metadata = [.. metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)],
        };
    }

    private static (string Name, ModelFileSummary Summary) Graph(ReadOnlySpan<byte> message, long bytes)
    {
        string name = "";
        List<NodeSummary> nodes = [];
        List<ArraySummary> arrays = [];
        List<ValueSummary> inputs = [], outputs = [];
        var graph = new ProtobufReader(message);
        while (graph.Next())
        {
            switch (graph.Field)
            {
                case 1:
                    nodes.Add(Node(graph.Bytes));
                    break;
                case 2:
                    name = graph.Text;
                    break;
                case 5:
                    arrays.Add(Tensor(graph.Bytes));
                    break;
                case 11:
                    inputs.Add(Value(graph.Bytes));
                    break;
                case 12:
                    outputs.Add(Value(graph.Bytes));
                    break;
            }
        }

        // Older models list their arrays among the inputs, too.
        inputs.RemoveAll(input => arrays.Exists(array => array.Name == input.Name));
        return (name, new ModelFileSummary("ONNX", bytes) { Nodes = nodes, Arrays = arrays, Inputs = inputs, Outputs = outputs });
    }

    private static string Opset(ReadOnlySpan<byte> message)
    {
        string domain = "";
        long version = 0;
        var opset = new ProtobufReader(message);
        while (opset.Next())
        {
            if (opset.Field == 1)
                domain = opset.Text;
            else if (opset.Field == 2)
                version = opset.Number;
        }

        return domain.Length == 0 ? version.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{domain} {version}");
    }

    private static KeyValuePair<string, string> Entry(ReadOnlySpan<byte> message)
    {
        string key = "", value = "";
        var entry = new ProtobufReader(message);
        while (entry.Next())
        {
            if (entry.Field == 1)
                key = entry.Text;
            else if (entry.Field == 2)
                value = entry.Text;
        }

        return new(key, value);
    }

    private static NodeSummary Node(ReadOnlySpan<byte> message)
    {
        List<string> inputs = [], outputs = [];
        string name = "", type = "", domain = "";
        var node = new ProtobufReader(message);
        while (node.Next())
        {
            switch (node.Field)
            {
                case 1:
                    inputs.Add(node.Text);
                    break;
                case 2:
                    outputs.Add(node.Text);
                    break;
                case 3:
                    name = node.Text;
                    break;
                case 4:
                    type = node.Text;
                    break;
                case 7:
                    domain = node.Text;
                    break;
            }
        }

        return new NodeSummary(name, domain.Length == 0 ? type : $"{domain}.{type}", inputs, outputs);
    }

    private static ValueSummary Value(ReadOnlySpan<byte> message)
    {
        string name = "", type = "other";
        List<string>? shape = null;
        var value = new ProtobufReader(message);
        while (value.Next())
        {
            if (value.Field == 1)
                name = value.Text;
            if (value.Field != 2)
                continue;
            var kinds = new ProtobufReader(value.Bytes);
            while (kinds.Next())
            {
                // Of sequences, maps and options only that they are something else.
                if (kinds.Field != 1)
                    continue;
                var tensor = new ProtobufReader(kinds.Bytes);
                while (tensor.Next())
                {
                    if (tensor.Field == 1)
                        type = TypeName(tensor.Number);
                    else if (tensor.Field == 2)
                        shape = Axes(tensor.Bytes);
                }
            }
        }

        return new ValueSummary(name, type, shape);
    }

    private static List<string> Axes(ReadOnlySpan<byte> message)
    {
        List<string> axes = [];
        var shape = new ProtobufReader(message);
        while (shape.Next())
        {
            if (shape.Field != 1)
                continue;
            string axis = "?";
            var dimension = new ProtobufReader(shape.Bytes);
            while (dimension.Next())
                axis = dimension.Field switch { 1 => dimension.Number.ToString(CultureInfo.InvariantCulture), 2 => dimension.Text, _ => axis };
            axes.Add(axis);
        }

        return axes;
    }

    private static ArraySummary Tensor(ReadOnlySpan<byte> message)
    {
        List<long> shape = [], whole = [];
        List<float> floats = [];
        string name = "";
        int type = 0;
        ReadOnlySpan<byte> raw = default;
        var tensor = new ProtobufReader(message);
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case 1:
                    tensor.AddNumbersTo(shape);
                    break;
                case 2:
                    type = (int)tensor.Number;
                    break;
                case 4 when tensor.HasLength:
                    AddFloats(tensor.Bytes, sizeof(float), bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes), floats);
                    break;
                case 4:
                    floats.Add(BitConverter.Int32BitsToSingle((int)tensor.Number));
                    break;
                case 5 or 7 or 11:
                    tensor.AddNumbersTo(whole);
                    break;
                case 8:
                    name = tensor.Text;
                    break;
                case 9:
                    raw = tensor.Bytes;
                    break;
                case 10:
                    AddFloats(tensor.Bytes, sizeof(double), bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes), floats);
                    break;
            }
        }

        if (!raw.IsEmpty)
            AddRaw(type, raw, floats);
        // Halves stand among the 32-bit numbers by their bits.
        floats.AddRange(whole.Select(number => type switch
        {
            10 => (float)BitConverter.UInt16BitsToHalf((ushort)number),
            16 => BitConverter.Int32BitsToSingle((int)number << 16),
            13 => (ulong)number,
            _ => (float)number,
        }));
        return new ArraySummary(name, TypeName(type), shape) { Numbers = NumberSummary.Of(CollectionsMarshal.AsSpan(floats)) };
    }

    private static void AddRaw(int type, ReadOnlySpan<byte> raw, List<float> floats)
    {
        switch (type)
        {
            case 1:
                AddFloats(raw, 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes), floats);
                break;
            case 2 or 9:
                AddFloats(raw, 1, bytes => bytes[0], floats);
                break;
            case 3:
                AddFloats(raw, 1, bytes => (sbyte)bytes[0], floats);
                break;
            case 4:
                AddFloats(raw, 2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes), floats);
                break;
            case 5:
                AddFloats(raw, 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes), floats);
                break;
            case 6:
                AddFloats(raw, 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes), floats);
                break;
            case 7:
                AddFloats(raw, 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes), floats);
                break;
            case 10:
                AddFloats(raw, 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes), floats);
                break;
            case 11:
                AddFloats(raw, 8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes), floats);
                break;
            case 12:
                AddFloats(raw, 4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes), floats);
                break;
            case 13:
                AddFloats(raw, 8, bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes), floats);
                break;
            case 16:
                AddFloats(raw, 2, bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16), floats);
                break;
        }
    }

    private static void AddFloats(ReadOnlySpan<byte> bytes, int width, Converter convert, List<float> floats)
    {
        if (bytes.Length % width != 0)
            throw new FormatException("an array's bytes are no whole number of elements");
        floats.EnsureCapacity(floats.Count + (bytes.Length / width));
        for (int i = 0; i < bytes.Length; i += width)
            floats.Add(convert(bytes.Slice(i, width)));
    }

    private static string TypeName(long type) => type >= 0 && type < Types.Length ? Types[type] : $"type {type.ToString(CultureInfo.InvariantCulture)}";

    private delegate float Converter(ReadOnlySpan<byte> bytes);
}
