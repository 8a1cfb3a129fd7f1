using Vae.Dsl;

namespace Vae.Artifacts.PyTorch;

/// <summary>Networks as expressions in Python, and the classes that they use.</summary>
internal sealed class PyTorchNetworks
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>The text of the classes that were used, in the order in which Python can read them.</summary>
    public IEnumerable<string> Classes => PyTorchClasses.All.Where(one => used.Contains(one.Name)).Select(one => one.Text);

    /// <summary>Has a class written, with those that it needs, and gives its name.</summary>
    public string Uses(string name)
    {
        used.Add(name);
        foreach (string needed in PyTorchClasses.All.Single(one => one.Name == name).Needs)
            Uses(needed);
        return name;
    }

    /// <summary>The expression of a residual layer.</summary>
    public string Residual(Layer layer)
    {
        (Network body, Layer? projection) = Dsl.Residual.Of(layer);
        string inside = Network(body).ReplaceLineEndings("\n    ");
        string project = projection is null ? "" : $"\n    project={PyTorchLayerTable.Get(projection, this)},";
        return $"{Uses("Residual")}(\n    {inside},{project}\n)";
    }

    /// <summary>The expression of layers one after another, a line each with the shape that comes out.</summary>
    public string Network(Network network)
    {
        // PyTorch's own class where it will do: it names layers by their index.
        bool isPlain = !network.ReadsLabel && network.Layers.All(layer => layer.Name is null);
        string module = isPlain ? "nn.Sequential" : Uses("Layers");
        if (network.Layers.Count == 0)
            return module + "()";
        IEnumerable<string> lines = network.Layers.Select((layer, index) =>
        {
            string expression = PyTorchLayerTable.Get(layer, this).ReplaceLineEndings("\n    ");
            return $"    {(isPlain ? expression : $"(\"{network.Key(index)}\", {expression})")},  # {layer.Output}";
        });
        return $"{module}(\n{string.Join("\n", lines)}\n)";
    }
}
