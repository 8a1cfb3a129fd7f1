using Vae.Dsl.Text;
using Vae.Dsl.Writing;

namespace Vae.Dsl;

/// <summary>What must hold of the result.</summary>
public sealed record ChecksSpec
{
    /// <summary>How far a point of the loss curve may lie from the snapshot's, relative (0.02 for <c>2%</c>); or <c>null</c> for the default.</summary>
    public double? LossCurveTolerance { get; init; }

    /// <summary>What a point of the loss curve may lie off in its own unit, added to the relative part; or <c>null</c> for the default.</summary>
    public double? LossCurveAbsolute { get; init; }

    /// <summary>Columns of the loss curve with tolerances of their own, ordered by name.</summary>
    public ValueList<ColumnCheck> LossCurveColumns { get; init; } = [];

    /// <summary>The bounds of final metrics, ordered by name.</summary>
    public ValueList<MetricCheck> Metrics { get; init; } = [];

    /// <summary>The smallest structural similarity that pictures may have with the snapshot's; or <c>null</c> for the default.</summary>
    public double? ImageSimilarity { get; init; }

    /// <summary>The section as a spec has it, with its key <c>checks</c>; empty where it says nothing.</summary>
    public string ToYaml() => SpecNodes.From(this) is { } map ? YamlWriter.Write(new MapNode([new MapEntry("checks", map.Location, map)], map.Location)) : "";
}
