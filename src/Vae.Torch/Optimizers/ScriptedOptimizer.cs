using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>
/// What the optimizers share that run as one call into a fixed TorchScript function, over all parameters at once. TorchSharp's own
/// make eight calls a parameter and leave two temporaries each: for a small VAE the largest single cost of a step.
/// </summary>
/// <remarks>A script that does not compile ends the process, so none is ever put together at run time.</remarks>
internal abstract class ScriptedOptimizer(IReadOnlyList<Parameter> parameters) : IOptimizer
{
    private readonly List<Tensor> state = [];

    /// <summary>What is changed. Handles stay the same as long as the model lives.</summary>
    protected Tensor[] Parameters { get; } = [.. parameters];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> State => state;

    /// <inheritdoc/>
    public byte[] Opaque
    {
        get => [];
        set
        {
            if (value.Length > 0)
                throw new ArgumentException("all that it keeps is in its arrays", nameof(value));
        }
    }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor[] gradients = Array.ConvertAll(Parameters, parameter => parameter.grad!);
        Update(gradients, learningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in state)
            tensor.Dispose();
        state.Clear();
    }

    /// <summary>Calls the script. What it allocates belongs to the caller's scope.</summary>
    protected abstract void Update(Tensor[] gradients, double learningRate);

    /// <summary>Zeros beside each parameter.</summary>
    protected Tensor[] Buffers() => Array.ConvertAll(Parameters, parameter => Keep(zeros_like(parameter, requires_grad: false)));

    /// <summary>A count of steps beside each parameter, as the fused functions want it.</summary>
    protected Tensor[] Counters() => Array.ConvertAll(Parameters, parameter => Keep(zeros([], float32, parameter.device)));

    private Tensor Keep(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        state.Add(tensor);
        return tensor;
    }
}
