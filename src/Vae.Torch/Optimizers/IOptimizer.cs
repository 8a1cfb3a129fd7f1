namespace Vae.Torch.Optimizers;

/// <summary>Changes parameters in place by their gradients. Owns its state.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>One step with the rate that holds now; every parameter has a gradient.</summary>
    void Step(double learningRate);
}
