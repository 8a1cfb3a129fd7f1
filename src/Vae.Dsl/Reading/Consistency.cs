using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>What fits alone but not together: sections compared with each other. Suspicious pairs are warnings.</summary>
internal sealed class Consistency(Spec spec, MapNode map, DiagnosticBag bag)
{
    private const long MostSampleNumbers = 1 << 28;
    private const string LogLikelihood = "log-likelihood";

    public void Check()
    {
        CheckValidation();
        CheckTest();
        CheckReconstruction();
        CheckCondition();
        CheckPlots();
        CheckSamples();
        CheckLogLikelihood();
        CheckMeasured();
        CheckSchedule();
        if (spec.Loss.Terms.Count > 0 && spec.Train.Batch < 2)
            bag.Add(DiagnosticTable.Meaning.TermBatch, At("train", "batch"), $"the term '{spec.Loss.Terms[0].Kind}' compares the codes of a batch with each other, but 'batch' is 1; use at least 2, better 64 or more");

        // A discrepancy between codes and prior does the KL's work (Tolstikhin et al. 2018, arXiv:1711.01558).
        bool drawnToPrior = spec.Loss.Terms.Any(term => term.Kind == "mmd");
        if (spec.Loss.KlWeight is WeightSpec.Constant { Value: 0 } && !drawnToPrior)
            bag.Add(DiagnosticTable.Meaning.NoKl, At("loss", "kl"), "with a KL weight of 0 this is a plain autoencoder, and draws from the prior decode to nothing sensible; give 'kl' a weight over 0");
    }

    private void CheckCondition()
    {
        if (spec.Condition is null && map["condition"] is MapNode condition)
            bag.Add(DiagnosticTable.Meaning.UnusedCondition, condition.Location, "no layer joins the label, so 'condition' changes nothing; put 'concat: label' into the encoder and the decoder, or remove 'condition'");
    }

    private void CheckValidation()
    {
        if (spec.Data.HoldsOutValidation)
            return;
        const string Advice = "hold a part out with 'data: {validation: 0.1}'";
        if (spec.Train.Stop is { } stop && stop.On.StartsWith("validation.", StringComparison.Ordinal))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("train", "stop"), $"'stop' watches '{stop.On}', but there is no validation set; {Advice}");
        if (spec.Train.Schedule is { Kind: "plateau" } plateau && plateau.Arguments.Text("on") is var watched && watched.StartsWith("validation.", StringComparison.Ordinal))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("train", "schedule"), $"'plateau' watches '{watched}', but there is no validation set; {Advice}");
        foreach (MetricCheck check in spec.Checks.Metrics.Where(check => check.Metric.StartsWith("validation.", StringComparison.Ordinal)))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("checks", "metrics"), $"'checks' bounds '{check.Metric}', but there is no validation set; {Advice}");
        foreach (ColumnCheck check in spec.Checks.LossCurveColumns.Where(check => check.Column.StartsWith("validation.", StringComparison.Ordinal)))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("checks", "loss-curve"), $"'checks' names '{check.Column}', but there is no validation set; {Advice}");
        foreach (Component plot in spec.Artifacts.Plots.Where(plot => plot.Arguments.TryGetValue("split", out object? split) && split is "validation"))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("artifacts", "plots"), $"the plot '{plot.Kind}' shows the validation set, but there is none; {Advice}");
    }

    private void CheckTest()
    {
        // Other sources may bring a test set of their own: whether they do is known when their files are read.
        if (spec.Data.Source is not ("csv" or "npy") || spec.Data.HoldsOutTest)
            return;
        string advice = $"'source: {spec.Data.Source}' brings none of its own; hold a part out with 'data: {{test: 0.1}}'";
        foreach (MetricCheck check in spec.Checks.Metrics.Where(check => check.Metric.StartsWith("test.", StringComparison.Ordinal)))
            bag.Add(DiagnosticTable.Meaning.NoTest, At("checks", "metrics"), $"'checks' bounds '{check.Metric}', but there is no test set: {advice}");
        foreach (Component plot in spec.Artifacts.Plots.Where(plot => plot.Arguments.TryGetValue("split", out object? split) && split is "test"))
            bag.Add(DiagnosticTable.Meaning.NoTest, At("artifacts", "plots"), $"the plot '{plot.Kind}' shows the test set, but there is none: {advice}");
        if (spec.Artifacts.LogLikelihood is not null)
            bag.Add(DiagnosticTable.Meaning.NoTest, At("artifacts", LogLikelihood), $"'{LogLikelihood}' is that of the test set, but there is none: {advice}");
    }

    private void CheckReconstruction()
    {
        Component loss = spec.Loss.Reconstruction;
        bool sigmoid = spec.Decoder.Layers.LastOrDefault(layer => layer.Kind is not ("reshape" or "flatten")) is { Kind: "sigmoid" };
        Location? place = At("loss", "reconstruction");
        if (loss.Kind is "bce" or "continuous-bernoulli")
        {
            bool logits = loss.Arguments.Flag("logits");
            if (!logits && !sigmoid)
                bag.Add(DiagnosticTable.Meaning.BceWithoutSigmoid, place, $"'{loss.Kind}' wants numbers in 0..1, but the decoder does not end with 'sigmoid'; add it, or write '{loss.Kind}: {{logits: true}}'");
            if (logits && sigmoid)
                bag.Add(DiagnosticTable.Meaning.LogitsAfterSigmoid, place, $"'{loss.Kind}' with 'logits: true' applies a sigmoid, but the decoder already ends with one; remove one of the two");
            if (spec.Data.Scale != Scaling.Unit)
                bag.Add(DiagnosticTable.Meaning.BernoulliScale, place, $"'{loss.Kind}' is made for data in 0..1, but 'scale' is {spec.Data.Scale.ToString().ToLowerInvariant()}; use 'scale: unit', or another loss");
        }
        else if (loss.Kind == "mse" && spec.Data.Scale == Scaling.Unit && !sigmoid)
        {
            bag.Add(DiagnosticTable.Meaning.MseWithoutSigmoid, place, "the data is in 0..1, but the decoder does not end with 'sigmoid', so its output is unbounded; add it unless that is meant");
        }
    }

    /// <summary>Metrics and columns of terms that the loss does not have.</summary>
    private void CheckMeasured()
    {
        if (spec.Train.Stop is { } stop)
            Check(stop.On, "'stop' watches", At("train", "stop"));
        if (spec.Train.Schedule is { Kind: "plateau" } plateau)
            Check(plateau.Arguments.Text("on"), "'plateau' watches", At("train", "schedule"));
        foreach (MetricCheck check in spec.Checks.Metrics)
            Check(check.Metric, "'checks' bounds", At("checks", "metrics"));
        foreach (ColumnCheck check in spec.Checks.LossCurveColumns)
            Check(check.Column, "'checks' names", At("checks", "loss-curve"));

        void Check(string metric, string who, Location? place)
        {
            if (metric == MetricNames.LogLikelihood ? spec.Artifacts.LogLikelihood is not null : MetricNames.IsMeasured(metric, spec.Loss))
                return;
            string advice = metric is MetricNames.Sigma or MetricNames.Beta
                ? "σ is not learned; write 'kl: learned', or 'gaussian: {sigma: learned}'"
                : metric == MetricNames.LogLikelihood ? $"it is not estimated; write 'artifacts: {{{LogLikelihood}: 128}}'"
                : $"the loss has no such term; add it to 'loss.terms', as in [{metric[(metric.IndexOf('.', StringComparison.Ordinal) + 1)..]}: 1]";
            bag.Add(DiagnosticTable.Meaning.NotMeasured, place, $"{who} '{metric}', but {advice}");
        }
    }

    private void CheckSchedule()
    {
        if (spec.Train.Schedule is not { } schedule)
            return;
        int warmup = schedule.Kind == "warmup" ? schedule.Arguments.Int("epochs") : schedule.Arguments.ContainsKey("warmup") ? schedule.Arguments.Int("warmup") : 0;
        if (spec.Train.Unit == TimeUnit.Epochs && warmup >= spec.Train.Length)
            bag.Add(DiagnosticTable.Meaning.WarmupTooLong, At("train", "schedule"), $"the warm-up lasts {TimeUnit.Epochs.Describe(warmup)}, and the training {TimeUnit.Epochs.Describe(spec.Train.Length)}: the learning rate never reaches 'lr'; shorten 'warmup'");
        if (schedule.Kind == "one-cycle" && spec.Train.Stop is not null)
            bag.Add(DiagnosticTable.Meaning.OneCycleStop, At("train", "stop"), "'stop' may end the training while the rate of 'one-cycle' is still high, and the cycle gains most at its end; remove 'stop', or use another schedule");
    }

    private void CheckPlots()
    {
        foreach (Component plot in spec.Artifacts.Plots.Where(plot => plot.Kind == "series-reconstructions" && !spec.Data.IsSeries))
        {
            string hint = spec.Data.Shape.Rank == 1 && spec.Data.Dataset is null && spec.Data.Source is not ("images" or "idx")
                ? $"'reconstructions' shows rows of a table; where a row is a series of one column, write 'shape: [{spec.Data.Shape[0].ToString(CultureInfo.InvariantCulture)}, 1]'"
                : "use 'reconstructions'";
            bag.Add(DiagnosticTable.Meaning.PlotData, PlotAt(plot.Kind), $"'{plot.Kind}' shows time series, examples of shape [T,F], but this data is {spec.Data.Shape} of '{spec.Data.Dataset ?? spec.Data.Source}'; {hint}");
        }
    }

    private void CheckSamples()
    {
        long numbers = (spec.Artifacts.Samples ?? 0) * spec.Data.Shape.Size;
        if (numbers > MostSampleNumbers)
            bag.Add(DiagnosticTable.Meaning.SamplesTooLarge, At("artifacts", "samples"), string.Create(CultureInfo.InvariantCulture, $"{spec.Artifacts.Samples} samples of {spec.Data.Shape} are {numbers:#,0} numbers, but at most {MostSampleNumbers:#,0} are written; ask for at most {MostSampleNumbers / spec.Data.Shape.Size:#,0}"));
    }

    private void CheckLogLikelihood()
    {
        if (spec.Artifacts.LogLikelihood is null)
            return;
        string kind = spec.Loss.Reconstruction.Kind;
        bool isLikelihood = spec.Loss.LearnsSigma || kind is "gaussian" or "laplace" or "continuous-bernoulli" || (kind == "bce" && spec.Data.Binarize != Binarization.None);
        if (!isLikelihood)
        {
            string why = kind == "bce"
                ? "'bce' is a likelihood of values 0 and 1 only, and this data is grey; write 'data: {binarize: static}' or dynamic, or use 'continuous-bernoulli'"
                : $"'{kind}' is none; use 'gaussian', 'laplace', 'continuous-bernoulli', or 'bce' with 'data: {{binarize: static}}'";
            bag.Add(DiagnosticTable.Meaning.NoLikelihood, At("artifacts", LogLikelihood), $"'{LogLikelihood}' needs a likelihood as the reconstruction loss, but {why}");
        }
    }

    /// <summary>The place of the first plot of a kind.</summary>
    private Location? PlotAt(string kind)
    {
        IEnumerable<Node> plots = ((map["artifacts"] as MapNode)?["plots"] as ListNode)?.Items ?? [];
        IEnumerable<Location?> places = plots.Select(item => item switch
        {
            ScalarNode scalar when scalar.Text == kind => scalar.Location,
            MapNode named => named.Find(kind)?.KeyLocation,
            _ => null,
        });
        return places.FirstOrDefault(place => place is not null) ?? At("artifacts", "plots");
    }

    private Location? At(string section, string key) => (map[section] as MapNode)?.Find(key)?.Value.Location ?? map[section]?.Location;
}
