namespace Vae.Dsl;

/// <summary>One combination of the values of a sweep.</summary>
public sealed class SweepPoint
{
    private readonly Func<SpecLoadResult> load;

    internal SweepPoint(string name, IReadOnlyList<KeyValuePair<string, string>> values, Func<SpecLoadResult> load)
    {
        Name = name;
        Values = values;
        this.load = load;
    }

    /// <summary>The name of its spec: the swept spec's, then each parameter and value, as in <c>mnist-beta-0-1</c>. No two points share one.</summary>
    public string Name { get; }

    /// <summary>The swept parameters in the order of the text, with the point's values as text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>Its spec, or what is wrong with it. Made anew at every call: a thousand specs need not be held at once.</summary>
    public SpecLoadResult Load() => load();
}
