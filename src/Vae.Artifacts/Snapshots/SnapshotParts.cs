namespace Vae.Artifacts.Snapshots;

/// <summary>The parts of a trained spec that have snapshots.</summary>
[Flags]
public enum SnapshotParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The resolved spec, exactly.</summary>
    Spec = 1,

    /// <summary>Layers, shapes and parameter counts, exactly.</summary>
    Architecture = 2,

    /// <summary>Names and shapes of the weights, exactly.</summary>
    Arrays = 4,

    /// <summary>The loss curve, within its tolerance.</summary>
    Curve = 8,

    /// <summary>The final metrics, each within its tolerance.</summary>
    Metrics = 16,

    /// <summary>The plots' pictures, by similarity.</summary>
    Images = 32,

    /// <summary>All of them.</summary>
    All = Spec | Architecture | Arrays | Curve | Metrics | Images,
}
