using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>Every optimizer by its row's name. A new one is a file here and a line in the table.</summary>
internal static class GradientOptimizers
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["adam"] = new((arguments, parameters) => new AdamOptimizer(arguments, parameters), AdamOptimizer.Stock),
        ["adamw"] = new((arguments, parameters) => new AdamWOptimizer(arguments, parameters), AdamWOptimizer.Stock),
        ["rmsprop"] = new((arguments, parameters) => new RmsPropOptimizer(arguments, parameters), RmsPropOptimizer.Stock),
        ["sgd"] = new((arguments, parameters) => new SgdOptimizer(arguments, parameters), SgdOptimizer.Stock),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The fastest form that runs on the parameters' device. Build it when they are there.</summary>
    public static IOptimizer Create(Component optimizer, IReadOnlyList<Parameter> parameters) =>
        Runs(optimizer, parameters[0].dtype, parameters[0].device)
            ? Rows[optimizer.Kind].Scripted(optimizer.Arguments, parameters)
            : CreateStock(optimizer, parameters);

    /// <summary>TorchSharp's own optimizer of that name.</summary>
    public static IOptimizer CreateStock(Component optimizer, IReadOnlyList<Parameter> parameters) =>
        new StockOptimizer(Rows[optimizer.Kind].Stock(optimizer.Arguments, parameters));

    // A fused function may be missing on a device or for a type; a step on one number tells.
    private static bool Runs(Component optimizer, ScalarType type, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using var probe = new Parameter(zeros(1, type, device));
        probe.grad = zeros(1, type, device);
        try
        {
            using IOptimizer scripted = Rows[optimizer.Kind].Scripted(optimizer.Arguments, [probe]);
            scripted.Step(0.1);
            return true;
        }
        catch (ExternalException)
        {
            return false;
        }
    }

    private sealed record Row(
        Func<Arguments, IReadOnlyList<Parameter>, IOptimizer> Scripted,
        Func<Arguments, IReadOnlyList<Parameter>, OptimizerHelper> Stock);
}
