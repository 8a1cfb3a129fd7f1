using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses.Terms;

/// <summary>
/// Σ cov_ij² over i ≠ j + diagonal · Σ (cov_ii − 1)²: DIP-VAE, Kumar et al. 2018, arXiv:1711.00848. The covariance is taken over the
/// examples of the batch, as its mean: of the posterior means (type I), or of the codes, which adds the mean variance (type II).
/// </summary>
internal sealed class DipTerm(Arguments arguments) : LossTerm
{
    private readonly bool ofCodes = arguments.Text("variant") == "ii";
    private readonly double diagonalWeight = arguments.Float("diagonal");

    protected override Tensor Value(CodeBatch batch)
    {
        Tensor centred = batch.Posterior.Mean - batch.Posterior.Mean.mean([0], keepdim: true);
        Tensor covariance = centred.t().mm(centred) / (double)batch.Count;
        Tensor diagonal = covariance.diagonal();
        Tensor rest = covariance.tril(-1).square().sum() * 2;
        Tensor variances = ofCodes ? diagonal + batch.Posterior.LogVariance.exp().mean([0]) : diagonal;
        return rest + ((variances - 1).square().sum() * diagonalWeight);
    }
}
