namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE405x: what a finished training shows of itself. None is an error: the model is there.</summary>
    public static class Findings
    {
        /// <summary>No latent dimension says anything.</summary>
        public static readonly DiagnosticCode PosteriorCollapse = new(
            "VAE4050",
            "The posterior has collapsed: no latent dimension is active",
            "Lower the weight of the KL, let it rise from 0 ('kl: {weight: {from: 0, to: 1, epochs: 10}}'), or give 'free-bits'. With 'reduce: mean' the weight must be much smaller than 1.",
            Severity.Warning);

        /// <summary>Some latent dimensions say nothing.</summary>
        public static readonly DiagnosticCode InactiveUnits = new(
            "VAE4051",
            "Some latent dimensions are not active",
            "Nothing is wrong: the model needs fewer dimensions than it has. A smaller 'latent.dim' would do as well; a lower weight of the KL lets more of them say something.",
            Severity.Message);

        /// <summary>The codes of the data lie elsewhere than the prior.</summary>
        public static readonly DiagnosticCode PriorHole = new(
            "VAE4052",
            "The aggregate posterior is far from the prior",
            "Samples are drawn where the decoder was hardly trained, or never where it was. Raise the weight of the KL, train longer, or give the term 'mmd'; reconstructions and codes are not concerned.",
            Severity.Warning);

        /// <summary>The decoder cannot reach the data's values.</summary>
        public static readonly DiagnosticCode TargetRange = new(
            "VAE4053",
            "The decoder cannot reach the data's values",
            "Let the decoder's last layer fit the data's scale: 'sigmoid' for 'data.scale: unit', 'tanh' for 'symmetric', no activation for 'standard' and 'none'.",
            Severity.Warning);

        /// <summary>The mean over the features makes the KL count much more than it looks.</summary>
        public static readonly DiagnosticCode MeanReduction = new(
            "VAE4054",
            "The weight of the KL counts many times as much as it says, for the reconstruction loss is a mean",
            "With 'reduce: mean' a weight w counts as w times the number of features (half of that for 'mse'). Say 'reduce: sum', or divide the weight.",
            Severity.Warning);

        /// <summary>The validation loss rises while the training loss falls.</summary>
        public static readonly DiagnosticCode ValidationDiverges = new(
            "VAE4055",
            "The validation loss rises while the training loss falls",
            "The model learns its training set by heart. Stop early ('train.stop: {on: validation.loss, patience: 10}'), add dropout or data, or make the networks smaller.",
            Severity.Warning);

        /// <summary>The log-variance of codes lies at a bound.</summary>
        public static readonly DiagnosticCode LogVarianceBound = new(
            "VAE4056",
            "The log-variance of the codes is at its bound",
            "There its gradient is 0. Widen 'latent.logvar-clamp', raise the weight of the KL, or make the codes' dimensions fewer. Without a clamp, a variance near 0 makes the model an autoencoder without noise.",
            Severity.Warning);

        /// <summary>The learned deviation of the reconstruction lies at its lower bound.</summary>
        public static readonly DiagnosticCode SigmaFloor = new(
            "VAE4057",
            "The learned deviation of the reconstruction is at its floor",
            "The data has features that the decoder gives exactly, mostly constant ones. Leave them out, or fix the deviation: 'gaussian: {sigma: 0.1}'.",
            Severity.Warning);
    }
}
