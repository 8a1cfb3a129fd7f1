using System.Text;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Onnx;
using Vae.Artifacts.Plots;
using Vae.Artifacts.PyTorch;
using Vae.Artifacts.Report;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>Writes what a trained spec leaves behind. The same result gives the same bytes; only <c>run.json</c> may differ.</summary>
public static class ArtifactWriter
{
    /// <summary>What the exported models are compared on.</summary>
    public static EvaluationRequest.Probe Probe { get; } = new(32);

    /// <summary>What the plots, samples, findings and exports of a spec need from the trained model: to be given to the trainer, each request once.</summary>
    public static IReadOnlyList<EvaluationRequest> RequestsFor(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        IEnumerable<EvaluationRequest> plots = PlannedPlot.Of(spec).SelectMany(planned => PlotTable.Get(planned.Plot.Kind).Requests(planned.Plot, spec));
        return [.. plots.Concat(SamplesOf(spec)).Concat(Linter.RequestsFor(spec)).Concat(spec.Artifacts.Onnx.Count > 0 ? [Probe] : []).Distinct()];
    }

    /// <summary>Fails where <see cref="Write(TrainingResult, string)"/> could not write the folder, so that nobody trains for nothing. It leaves nothing behind.</summary>
    /// <param name="folder">Where to. It must be new, empty, or an earlier result.</param>
    /// <exception cref="VaeException">VAE5104: the folder cannot be written, or holds something else.</exception>
    public static void CheckTarget(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        FolderSwap.Check(folder);
    }

    /// <summary>Writes the folder under the fingerprint of the result's own inputs.</summary>
    /// <param name="result">The training's result, with the answers to <see cref="RequestsFor"/>.</param>
    /// <param name="folder">Where to. It must be new, empty, or an earlier result.</param>
    /// <exception cref="VaeException">
    /// VAE5102: the weights are not the spec's. VAE5104: the folder cannot be written, or holds something else. VAE5105: too large for ONNX.
    /// </exception>
    public static void Write(TrainingResult result, string folder) => Write(result, folder, Fingerprint.Of(result));

    /// <summary>
    /// Writes the folder. All files are made in a folder beside it, which takes its place at the end: an old folder stays whole until then,
    /// and after a failure. Files in an old folder that are not the writer's own are kept.
    /// </summary>
    /// <param name="result">The training's result, with the answers to <see cref="RequestsFor"/>.</param>
    /// <param name="folder">Where to. It must be new, empty, or an earlier result.</param>
    /// <param name="fingerprint">That of the inputs: <see cref="Fingerprint.Of(Spec, IReadOnlyList{DataFileDigest}, string, int)"/>.</param>
    /// <param name="compare">
    /// Compares the bytes of <c>encoder.onnx</c> and <c>decoder.onnx</c>, those that there are, with the answer to <see cref="Probe"/> before anything
    /// is written, and gives <see cref="RunFacts.OnnxDifference"/>. Where it throws, nothing is written.
    /// </param>
    /// <param name="context">What the report tells besides; <c>null</c> for nothing.</param>
    /// <exception cref="VaeException">
    /// VAE5102: the weights are not the spec's. VAE5104: the folder cannot be written, or holds something else. VAE5105: too large for ONNX.
    /// </exception>
    public static void Write(TrainingResult result, string folder, string fingerprint, Func<byte[]?, byte[]?, double?>? compare = null, ReportContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        SortedDictionary<string, byte[]> files = Files(result, fingerprint, compare, context);
        FolderSwap.Replace(folder, files);
    }

    /// <summary>Every file by its path with forward slashes.</summary>
    internal static SortedDictionary<string, byte[]> Files(TrainingResult result, string fingerprint, Func<byte[]?, byte[]?, double?>? compare = null, ReportContext? context = null)
    {
        Spec spec = result.Spec;
        StateDict.Check(spec, result.Weights);
        IReadOnlyList<Finding> findings = Linter.Findings(result);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ArtifactFolder.ResolvedSpec] = Text(spec.ToYaml()),
            [ArtifactFolder.Architecture] = Text(spec.Describe()),
            [ArtifactFolder.Loss] = Text(LossCsv.Write(result.Curve)),
            [ArtifactFolder.Metrics] = Text(MetricsJson.Write(result, findings)),
        };
        if (result.Health.Count > 0)
            files[ArtifactFolder.Health] = Text(HealthCsv.Write(result.Health));
        if (spec.Artifacts.Weights.Contains("safetensors"))
        {
            files[ArtifactFolder.Weights] = SafetensorsWriter.ToBytes(result.Weights, new Dictionary<string, string>(UnitsMetadata.Of(spec, result.Units))
            {
                ["format"] = "pt",
                ["spec.name"] = spec.Name,
                ["spec.sha256"] = SpecDigest.Of(spec),
                ["vae"] = "1",
            });
            if (spec.Artifacts.PyTorch)
                files[ArtifactFolder.PyTorch] = Text(PyTorchWriter.Write(spec));
        }

        if (spec.Artifacts.Weights.Contains("torchsharp"))
            files[ArtifactFolder.TorchSharpWeights] = TorchSharpWriter.ToBytes(result.Weights);
        foreach (EvaluationRequest samples in SamplesOf(spec))
            files[ArtifactFolder.Samples] = NpyWriter.ToBytes(result.Units.InOwnUnits(result.Evaluation(samples).Get("decoded")));
        if (spec.Artifacts.Onnx.Contains("encoder"))
            files[ArtifactFolder.Encoder] = OnnxExporter.Encoder(spec, result.Weights, result.Units);
        if (spec.Artifacts.Onnx.Contains("decoder"))
            files[ArtifactFolder.Decoder] = OnnxExporter.Decoder(spec, result.Weights, result.Units);
        RunFacts run = spec.Artifacts.Onnx.Count == 0 || compare is null
            ? result.Run
            : result.Run with { OnnxDifference = compare(files.GetValueOrDefault(ArtifactFolder.Encoder), files.GetValueOrDefault(ArtifactFolder.Decoder)) };
        List<DrawnPlot> plots = Draw(result);
        foreach (DrawnPlot plot in plots)
        {
            files[new PlannedPlot(plot.Name, plot.Plot).SvgPath(spec)] = Text(plot.Files.Svg);
            if (!PlannedPlot.IsChosen(spec))
                files[$"{ArtifactFolder.Plots}/{plot.Name}.png"] = plot.Files.Png;
        }

        if (spec.Artifacts.Report)
            files[ArtifactFolder.Report] = Text(HtmlReport.Write(ReportContent.Of(result, plots, findings, files, context)));
        files[ArtifactFolder.Manifest] = Text(Manifest.Write(result, fingerprint, files));
        files[ArtifactFolder.Run] = Text(RunJson.Write(run));
        return files;
    }

    private static IEnumerable<EvaluationRequest> SamplesOf(Spec spec) =>
        spec.Artifacts.Samples is int count ? [new EvaluationRequest.PriorSamples(count)] : [];

    private static List<DrawnPlot> Draw(TrainingResult result)
    {
        // Of the plots that nobody asked for, those are drawn for which there are answers.
        bool chosen = PlannedPlot.IsChosen(result.Spec);
        return
        [
            .. PlannedPlot.Of(result.Spec)
                .Where(planned => !chosen || PlotTable.Get(planned.Plot.Kind).Requests(planned.Plot, result.Spec).All(request => result.Evaluations.Any(answer => answer.Request == request)))
                .Select(planned => new DrawnPlot(planned.Name, planned.Plot, PlotTable.Get(planned.Plot.Kind).Draw(planned.Plot, result))),
        ];
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
