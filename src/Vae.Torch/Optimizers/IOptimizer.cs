using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>Changes parameters in place by their gradients. Owns its state.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>One step with the rate that holds now; every parameter has a gradient.</summary>
    void Step(double learningRate);

    /// <summary>What it keeps beside the parameters, as it is now, in an order that depends on kind and parameters only.</summary>
    IReadOnlyList<Tensor> State { get; }

    /// <summary>What it keeps out of reach, in the library's own form; empty where <see cref="State"/> is all.</summary>
    byte[] Opaque { get; set; }
}
