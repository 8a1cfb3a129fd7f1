using System.Globalization;
using System.Text;

namespace Vae.Dsl.Writing;

/// <summary>The architecture as a table: layer, shape that comes out, parameters.</summary>
internal static class ArchitectureWriter
{
    public static string Write(Spec spec)
    {
        List<Row> rows =
        [
            .. Condition(spec),
            .. Rows("encoder", spec.Encoder),
            new Row("latent", "", "", null),
            .. Heads(spec),
            .. Rows("decoder", spec.Decoder),
        ];
        string total = Number(spec.ParameterCount);
        int name = rows.Max(row => row.Name.Length), kind = rows.Max(row => row.Kind.Length), shape = rows.Max(row => row.Shape.Length);
        int count = Math.Max("parameters".Length, Math.Max(total.Length, rows.Max(row => row.Parameters is long value ? Number(value).Length : 0)));
        var text = new StringBuilder();
        text.Append(spec.Name).Append('\n').Append('\n');
        foreach (Row row in rows.Prepend(new Row("", "layer", "output", null) { Title = "parameters" }))
        {
            string parameters = row.Parameters is long value ? Number(value) : row.Title;
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{row.Name.PadRight(name)}  {row.Kind.PadRight(kind)}  {row.Shape.PadRight(shape)}  {parameters.PadLeft(count)}").TrimEnd()).Append('\n');
        }

        text.Append('\n').Append("total".PadRight(name + kind + shape + 6)).Append(total.PadLeft(count)).Append('\n');
        long buffers = Buffers(spec.Encoder) + Buffers(spec.Decoder);
        if (buffers > 0)
            text.Append("not trained".PadRight(name + kind + shape + 6)).Append(Number(buffers).PadLeft(count)).Append('\n');
        return text.ToString();
    }

    /// <summary>Numbers that the optimizer changes.</summary>
    public static long Count(Network network) => network.Layers.Sum(layer => Count(layer, trainable: true));

    public static long HeadCount(Spec spec) => ((long)spec.Encoder.Output[0] + 1) * spec.Latent.Dim;

    public static long ConditionCount(Spec spec) => spec.Condition?.Weights.Sum(weight => weight.Shape.Size) ?? 0;

    private static long Buffers(Network network) => network.Layers.Sum(layer => Count(layer, trainable: false));

    private static long Count(Layer layer, bool trainable) => layer.Weights.Where(weight => weight.Trainable == trainable).Sum(weight => weight.Shape.Size);

    private static IEnumerable<Row> Rows(string title, Network network)
    {
        yield return new Row(title, "input", network.Input.ToString(), null);
        foreach (Row row in Rows(title, network, "  "))
            yield return row;
    }

    private static IEnumerable<Row> Rows(string prefix, Network network, string indent)
    {
        for (int index = 0; index < network.Layers.Count; index++)
        {
            Layer layer = network.Layers[index];
            string name = $"{prefix}.{network.Key(index)}";
            // The parameters of a residual are those of the rows under it, and counted there.
            Residual? residual = layer.Kind == "residual" ? Residual.Of(layer) : null;
            yield return new Row(indent + name, layer.Kind, layer.Output.ToString(), residual is null ? Count(layer, trainable: true) : null);
            if (residual is null)
                continue;
            foreach (Row row in Rows($"{name}.layers", residual.Body, indent + "  "))
                yield return row;
            if (residual.Projection is { } projection)
                yield return new Row($"{indent}  {name}.project", projection.Kind, projection.Output.ToString(), Count(projection, trainable: true));
        }
    }

    private static IEnumerable<Row> Condition(Spec spec)
    {
        if (spec.Condition is not { } condition)
            yield break;
        yield return new Row("condition", "label", $"{Number(condition.Classes)} classes", null);
        yield return condition.Kind == ConditionKind.OneHot
            ? new Row("  condition", "one-hot", new Shape(condition.Size).ToString(), 0)
            : new Row("  condition", "embedding", new Shape(condition.Size).ToString(), ConditionCount(spec));
    }

    private static IEnumerable<Row> Heads(Spec spec)
    {
        string shape = new Shape(spec.Latent.Dim).ToString();
        yield return new Row("  latent.mu", "linear", shape, HeadCount(spec));
        yield return new Row("  latent.logvar", "linear", shape, HeadCount(spec));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Row(string Name, string Kind, string Shape, long? Parameters)
    {
        public string Title { get; init; } = "";
    }
}
