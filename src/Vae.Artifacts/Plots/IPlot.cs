using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// A kind of plot: a row of <see cref="Vae.Dsl.Catalogue.PlotCatalogue"/>, a file of the same name in this folder and a line in <see cref="PlotTable"/>.
/// A pure function of the result: the same result gives the same bytes.
/// </summary>
public interface IPlot
{
    /// <summary>The row's name: <c>latent-scatter</c>.</summary>
    string Kind { get; }

    /// <summary>How to read it, in a sentence or two: the report's caption.</summary>
    string Caption { get; }

    /// <summary>What must be computed with the trained model before it can be drawn; nothing for plots of the curve.</summary>
    IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec);

    /// <summary>Draws it. Every request of <see cref="Requests"/> has its answer in <paramref name="result"/>.</summary>
    PlotFiles Draw(Component plot, TrainingResult result);
}
