using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses.Terms;

/// <summary>
/// Squared maximum mean discrepancy E k(z, z') − 2 E k(z, p) + E k(p, p') between codes z of the aggregate posterior and p of the prior:
/// InfoVAE, Zhao et al. 2019, arXiv:1706.02262; Gretton et al. 2012. Unbiased: no code is compared with itself, so it may fall below 0.
/// </summary>
/// <remarks>
/// With C = 2 · dim · bandwidth², the kernel is exp(−r²/C), whose means over the prior are known in closed form, or the inverse multiquadric
/// C / (C + r²) (Tolstikhin et al. 2018, arXiv:1711.01558), whose are not: there as many codes as the batch has are drawn from the prior.
/// </remarks>
internal sealed class MmdTerm(Arguments arguments) : LossTerm
{
    private readonly bool gaussian = arguments.Text("kernel") == "rbf";
    private readonly double bandwidth = arguments.Float("bandwidth");

    protected override Tensor Value(CodeBatch batch)
    {
        long dimensions = batch.Codes.size(1);
        double scale = 2 * dimensions * bandwidth * bandwidth;
        Tensor codes = batch.Codes;
        if (gaussian)
        {
            // ∫ exp(−‖z − p‖² / C) N(p; 0, I) dp = (C / (C + 2))^(dim / 2) exp(−‖z‖² / (C + 2)), and once more over z.
            Tensor withPrior = (codes.square().sum(1) / -(scale + 2)).exp().mean() * Math.Pow(scale / (scale + 2), dimensions / 2.0);
            return AmongThemselves(codes, scale) - (2 * withPrior) + Math.Pow(scale / (scale + 4), dimensions / 2.0);
        }

        Tensor prior = randn([batch.Count, dimensions], float32, codes.device, generator: batch.Noise).to(codes.dtype);
        return AmongThemselves(codes, scale) - (2 * Kernel(codes, prior, scale).mean()) + AmongThemselves(prior, scale);
    }

    /// <summary>The mean of the kernel over all pairs of different rows.</summary>
    private Tensor AmongThemselves(Tensor rows, double scale)
    {
        long count = rows.size(0);

        // A row with itself has a kernel of 1.
        return (Kernel(rows, rows, scale).sum() - count) / (double)(count * (count - 1));
    }

    private Tensor Kernel(Tensor rows, Tensor columns, double scale)
    {
        Tensor distance = (rows.unsqueeze(1) - columns.unsqueeze(0)).square().sum(2);
        return gaussian ? (distance / -scale).exp() : scale / (distance + scale);
    }
}
