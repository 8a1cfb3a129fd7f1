using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>One of TorchSharp's own optimizers: the reference in tests, and what runs where a fused function is missing.</summary>
internal sealed class StockOptimizer(OptimizerHelper optimizer) : IOptimizer
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> State => [];

    /// <inheritdoc/>
    public byte[] Opaque
    {
        get
        {
            using DisposeScope scope = NewDisposeScope();
            using var content = new MemoryStream();
            using (var writer = new BinaryWriter(content))
                optimizer.save_state_dict(writer);
            return content.ToArray();
        }

        set
        {
            using DisposeScope scope = NewDisposeScope();
            using var reader = new BinaryReader(new MemoryStream(value));
            optimizer.load_state_dict(reader);
            // Some of what was read would otherwise end with the scope: the library takes out only what Adam keeps.
            scope.Detach([.. scope.DisposablesView]);
        }
    }

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
