using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

/// <summary>Compares a gradient with central differences, in double precision.</summary>
internal static class FiniteDifferences
{
    /// <summary>Fails where a partial derivative of <paramref name="function"/> is not what backpropagation says.</summary>
    public static void Check(Func<Tensor[], Tensor> function, params Tensor[] at)
    {
        const double step = 1e-5;
        using DisposeScope scope = NewDisposeScope();
        Tensor[] leaves = [.. at.Select(tensor => tensor.detach().clone().to(float64).requires_grad_(true))];
        function(leaves).backward();
        for (int input = 0; input < at.Length; input++)
        {
            double[] gradient = leaves[input].grad is { } found ? found.data<double>().ToArray() : new double[at[input].numel()];
            double[] values = at[input].detach().to(float64).data<double>().ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                double slope = (At(input, i, step) - At(input, i, -step)) / (2 * step);
                Assert.True(Math.Abs(slope - gradient[i]) < 1e-6 * (1 + Math.Abs(slope)), $"input {input}, element {i}: {gradient[i]} by backpropagation, {slope} by differences");
            }

            double At(int which, int element, double difference)
            {
                double[] moved = [.. values];
                moved[element] += difference;
                Tensor[] inputs = [.. at.Select((tensor, index) => index == which ? torch.tensor(moved).reshape(tensor.shape) : tensor.detach().to(float64))];
                return function(inputs).item<double>();
            }
        }
    }
}
