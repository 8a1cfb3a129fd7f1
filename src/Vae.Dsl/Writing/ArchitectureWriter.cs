using System.Globalization;
using System.Text;

namespace Vae.Dsl.Writing;

/// <summary>The architecture as a table: layer, shape that comes out, parameters.</summary>
internal static class ArchitectureWriter
{
    public static string Write(Spec spec)
    {
        IReadOnlyList<ArchitectureRow> rows = Rows(spec);
        string total = Number(spec.ParameterCount);
        int name = rows.Max(row => Indented(row).Length), kind = rows.Max(row => row.Kind.Length), shape = rows.Max(row => row.Output.Length);
        int count = Math.Max("parameters".Length, Math.Max(total.Length, rows.Max(row => row.Parameters is long value ? Number(value).Length : 0)));
        var text = new StringBuilder();
        text.Append(spec.Name).Append('\n').Append('\n');
        Append("", "layer", "output", "parameters");
        foreach (ArchitectureRow row in rows)
            Append(Indented(row), row.Kind, row.Output, row.Parameters is long value ? Number(value) : "");
        text.Append('\n').Append("total".PadRight(name + kind + shape + 6)).Append(total.PadLeft(count)).Append('\n');
        long buffers = BufferCount(spec);
        if (buffers > 0)
            text.Append("not trained".PadRight(name + kind + shape + 6)).Append(Number(buffers).PadLeft(count)).Append('\n');
        return text.ToString();

        void Append(string first, string second, string third, string last) =>
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{first.PadRight(name)}  {second.PadRight(kind)}  {third.PadRight(shape)}  {last.PadLeft(count)}").TrimEnd()).Append('\n');

        static string Indented(ArchitectureRow row) => new string(' ', 2 * row.Depth) + row.Name;
    }

    /// <summary>The lines in the order of the data's way, the loss's own parameters last.</summary>
    public static IReadOnlyList<ArchitectureRow> Rows(Spec spec) =>
    [
        .. Condition(spec),
        .. Rows("encoder", spec.Encoder),
        new ArchitectureRow("latent", 0, "", "", null),
        .. Heads(spec),
        .. Rows("decoder", spec.Decoder),
        .. Loss(spec),
    ];

    /// <summary>Numbers of running statistics, which no optimizer changes.</summary>
    public static long BufferCount(Spec spec) => Buffers(spec.Encoder) + Buffers(spec.Decoder);

    /// <summary>Numbers that the optimizer changes.</summary>
    public static long Count(Network network) => network.Layers.Sum(layer => Count(layer, trainable: true));

    public static long HeadCount(Spec spec) => ((long)spec.Encoder.Output[0] + 1) * spec.Latent.Dim;

    public static long ConditionCount(Spec spec) => spec.Condition?.Weights.Sum(weight => weight.Shape.Size) ?? 0;

    private static long Buffers(Network network) => network.Layers.Sum(layer => Count(layer, trainable: false));

    private static long Count(Layer layer, bool trainable) => layer.Weights.Where(weight => weight.Trainable == trainable).Sum(weight => weight.Shape.Size);

    private static IEnumerable<ArchitectureRow> Rows(string title, Network network)
    {
        yield return new ArchitectureRow(title, 0, "input", network.Input.ToString(), null);
        foreach (ArchitectureRow row in Rows(title, network, 1))
            yield return row;
    }

    private static IEnumerable<ArchitectureRow> Rows(string prefix, Network network, int depth)
    {
        for (int index = 0; index < network.Layers.Count; index++)
        {
            Layer layer = network.Layers[index];
            string name = $"{prefix}.{network.Key(index)}";
            // The parameters of a residual are those of the rows under it, and counted there.
            Residual? residual = layer.Kind == "residual" ? Residual.Of(layer) : null;
            yield return new ArchitectureRow(name, depth, layer.Kind, layer.Output.ToString(), residual is null ? Count(layer, trainable: true) : null);
            if (residual is null)
                continue;
            foreach (ArchitectureRow row in Rows($"{name}.layers", residual.Body, depth + 1))
                yield return row;
            if (residual.Projection is { } projection)
                yield return new ArchitectureRow($"{name}.project", depth + 1, projection.Kind, projection.Output.ToString(), Count(projection, trainable: true));
        }
    }

    private static IEnumerable<ArchitectureRow> Condition(Spec spec)
    {
        if (spec.Condition is not { } condition)
            yield break;
        yield return new ArchitectureRow("condition", 0, "label", $"{Number(condition.Classes)} classes", null);
        yield return condition.Kind == ConditionKind.OneHot
            ? new ArchitectureRow("condition", 1, "one-hot", new Shape(condition.Size).ToString(), 0)
            : new ArchitectureRow("condition", 1, "embedding", new Shape(condition.Size).ToString(), ConditionCount(spec));
    }

    private static IEnumerable<ArchitectureRow> Heads(Spec spec)
    {
        string shape = new Shape(spec.Latent.Dim).ToString();
        yield return new ArchitectureRow("latent.mu", 1, "linear", shape, HeadCount(spec));
        yield return new ArchitectureRow("latent.logvar", 1, "linear", shape, HeadCount(spec));
    }

    private static IEnumerable<ArchitectureRow> Loss(Spec spec) =>
    [
        .. spec.Loss.LearnsSigma ? (ArchitectureRow[])[new ArchitectureRow("loss", 0, "", "", null)] : [],
        .. spec.Loss.Weights.Select(weight => new ArchitectureRow("loss." + weight.Name, 1, "parameter", weight.Shape.ToString(), weight.Shape.Size)),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
