using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>One of TorchSharp's own optimizers: the reference in tests, and what runs where a fused function is missing.</summary>
internal sealed class StockOptimizer(optim.Optimizer optimizer) : IOptimizer
{
    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            group.LearningRate = learningRate;
        using DisposeScope scope = NewDisposeScope();
        optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();
}
