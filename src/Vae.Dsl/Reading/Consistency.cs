using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>What fits alone but not together: sections compared with each other. Suspicious pairs are warnings.</summary>
internal sealed class Consistency(Spec spec, MapNode map, DiagnosticBag bag)
{
    public void Check()
    {
        CheckValidation();
        CheckTest();
        CheckReconstruction();
        if (spec.Loss.KlWeight is WeightSpec.Constant { Value: 0 })
            bag.Add(DiagnosticTable.Meaning.NoKl, At("loss", "kl"), "with a KL weight of 0 this is a plain autoencoder, and draws from the prior decode to nothing sensible; give 'kl' a weight over 0");
    }

    private void CheckValidation()
    {
        if (spec.Data.HoldsOutValidation)
            return;
        const string Advice = "hold a part out with 'data: {validation: 0.1}'";
        if (spec.Train.Stop is { } stop && stop.On.StartsWith("validation.", StringComparison.Ordinal))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("train", "stop"), $"'stop' watches '{stop.On}', but there is no validation set; {Advice}");
        foreach (MetricCheck check in spec.Checks.Metrics.Where(check => check.Metric.StartsWith("validation.", StringComparison.Ordinal)))
            bag.Add(DiagnosticTable.Meaning.NoValidation, At("checks", "metrics"), $"'checks' bounds '{check.Metric}', but there is no validation set; {Advice}");
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

    private Location? At(string section, string key) => (map[section] as MapNode)?.Find(key)?.Value.Location ?? map[section]?.Location;
}
