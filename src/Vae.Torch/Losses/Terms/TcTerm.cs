using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses.Terms;

/// <summary>
/// Total correlation of the aggregate posterior, E[log q(z) − Σ log q(z_d)], in nats: β-TCVAE, Chen et al. 2018, arXiv:1802.04942.
/// </summary>
/// <remarks>
/// Both densities are estimated from the batch, with M other examples beside an example's own, out of N. Minibatch-stratified sampling
/// (appendix C.2) weighs the own example 1/N, one other (N − M) / (N M), the rest 1/M: the weight of the own one stands on the diagonal.
/// The weights are added to the joint log-density once, and once to that of each dimension. Minibatch-weighted sampling (appendix C.1) weighs all
/// alike by 1 / (N B), which lifts the number by (dim − 1) log N: good for gradients, but no total correlation to read off.
/// The stratified estimate is too small by a nat or two in batches of 64, less in larger ones.
/// </remarks>
internal sealed class TcTerm(Arguments arguments) : LossTerm
{
    private readonly bool stratified = arguments.Text("estimator") == "stratified";

    protected override Tensor Value(CodeBatch batch)
    {
        // [i, j, d]: log q(z_i,d | x_j).
        Tensor mean = batch.Posterior.Mean.unsqueeze(0), logVariance = batch.Posterior.LogVariance.unsqueeze(0);
        Tensor distance = batch.Codes.unsqueeze(1) - mean;
        Tensor densities = ((distance.square() * (-logVariance).exp()) + logVariance + Math.Log(2 * Math.PI)) * -0.5;
        Tensor weights = LogWeights(batch);
        Tensor joint = logsumexp(densities.sum(2) + weights, 1);
        Tensor marginals = logsumexp(densities + weights.unsqueeze(2), 1).sum(1);
        return (joint - marginals).mean();
    }

    /// <summary>The logarithms of the weights of example j in the density at code i, <c>[n, n]</c>.</summary>
    private Tensor LogWeights(CodeBatch batch)
    {
        long count = batch.Count;

        // A split may be smaller than what is counted as one: a batch is never larger than its population.
        double population = Math.Max(batch.Population, count);
        if (!stratified)
            return full([count, count], -Math.Log(population * count), batch.Codes.dtype, batch.Codes.device);
        double others = count - 1;
        Tensor weights = full([count, count], -Math.Log(others), batch.Codes.dtype, batch.Codes.device);
        Tensor own = arange(count, device: batch.Codes.device);
        Tensor other = (own + 1).remainder(count);
        weights.index_put_(full([count], -Math.Log(population), batch.Codes.dtype, batch.Codes.device), own, own);
        weights.index_put_(full([count], Math.Log((population - others) / (population * others)), batch.Codes.dtype, batch.Codes.device), own, other);
        return weights;
    }
}
