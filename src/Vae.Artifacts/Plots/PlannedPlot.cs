using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Artifacts.Plots;

/// <summary>A plot that a training leaves, with the name of its files.</summary>
/// <param name="Name">The kind, and from the second of a kind on <c>-2</c>, <c>-3</c> …</param>
/// <param name="Plot">What is drawn.</param>
internal sealed record PlannedPlot(string Name, Component Plot)
{
    // More pixels than this make a picture that opens slowly, and a report of megabytes.
    private const int MostPixels = 300_000;

    /// <summary>
    /// The plots of a spec in its order; where it names none and wants a report, those that suit its data. These are no part of the spec, so
    /// that a better choice changes no fingerprint; and only the report shows them, so that no snapshot is missing.
    /// </summary>
    public static IReadOnlyList<PlannedPlot> Of(Spec spec)
    {
        IEnumerable<Component> plots = IsChosen(spec) ? Chosen(spec) : spec.Artifacts.Plots;
        var planned = new List<PlannedPlot>();
        foreach (Component plot in plots)
        {
            int before = planned.Count(other => other.Plot.Kind == plot.Kind);
            planned.Add(new PlannedPlot(before == 0 ? plot.Kind : plot.Kind + "-" + (before + 1).ToString(CultureInfo.InvariantCulture), plot));
        }

        return planned;
    }

    /// <summary>Whether the spec leaves the choice to its data's kind.</summary>
    public static bool IsChosen(Spec spec) => spec.Artifacts is { Plots.Count: 0, Report: true };

    /// <summary>The path of the plot's SVG in the folder.</summary>
    public string SvgPath(Spec spec) => $"{(IsChosen(spec) ? ArtifactFolder.ReportPlots : ArtifactFolder.Plots)}/{Name}.svg";

    private static IEnumerable<Component> Chosen(Spec spec)
    {
        DataSpec data = spec.Data;
        Shape? image = TileSheet.ImageShape(data);
        yield return Plot("loss");
        if (data.IsSeries)
            yield return Plot("series-reconstructions");
        else
            yield return Plot("reconstructions", ("count", Fitting(20, 10)), ("worst", 10));
        if (image is not null)
        {
            yield return spec.Condition is { Classes: <= 20 } && spec.Decoder.ReadsLabel
                ? Plot("samples", ("per-label", Fitting(100, 3 * spec.Condition.Classes) / spec.Condition.Classes))
                : Plot("samples", ("count", Fitting(100, 16)));
            if (spec.Latent.Dim == 2)
                yield return Plot("manifold", ("grid", (int)Math.Sqrt(Fitting(400, 64))));
        }

        yield return Plot("latent-scatter");
        if (image is not null)
        {
            if (spec.Latent.Dim > 2)
                yield return Plot("traversal", ("dimensions", Fitting(90, 45) / 9));
            yield return Plot("interpolations", ("count", Fitting(60, 36) / 12));
        }

        yield return Plot("kl-by-dimension");
        yield return Plot("aggregate-posterior");

        // So many tiles that their pixels stay within bounds, and never fewer than can be looked at.
        int Fitting(int wanted, int least) => image is null ? wanted : Math.Clamp((int)(MostPixels / image.Size), Math.Min(least, wanted), wanted);

        Component Plot(string kind, params (string Name, object Value)[] given)
        {
            ComponentKind row = PlotCatalogue.Rows.Get(kind);
            Arguments arguments = new(row.Arguments.Where(argument => argument.Default is not null).Select(argument => KeyValuePair.Create(argument.Name, argument.Default!)));
            if (arguments.ContainsKey("split"))
                arguments = arguments.With("split", data.MostTellingSplit);
            // A manifold of a model with a condition has one label, as the language says it.
            if (kind == "manifold" && spec.Condition is not null && spec.Decoder.ReadsLabel)
                arguments = arguments.With("label", 0);
            foreach ((string name, object value) in given)
                arguments = arguments.With(name, value);
            return new Component(kind, arguments);
        }
    }
}
