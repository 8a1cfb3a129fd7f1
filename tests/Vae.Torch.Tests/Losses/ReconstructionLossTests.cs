using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

public class ReconstructionLossTests
{
    private static readonly double[] Data = [0.0, 1.0, 0.25, 0.9, 0.5, 0.1];
    private static readonly double[] Output = [0.1, 0.8, 0.5, 0.3, 0.45, 0.95];
    private static readonly double[] Logits = [-2.5, 3.0, 0.0, 0.02, -40.0, 12.0];

    public ReconstructionLossTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    /// <summary>Each loss with the formula of one feature: x, then x̂ or the logit.</summary>
    public static TheoryData<string, Func<double, double, double>, bool> Cases => new()
    {
        { "mse", (x, y) => (x - y) * (x - y), false },
        { "l1", (x, y) => Math.Abs(x - y), false },
        { "{huber: {delta: 0.3}}", (x, y) => Math.Abs(x - y) <= 0.3 ? (x - y) * (x - y) / 2 : 0.3 * (Math.Abs(x - y) - 0.15), false },
        { "{gaussian: {sigma: 0.5}}", (x, y) => ((x - y) * (x - y) / 0.5) + Math.Log(0.5) + (Math.Log(2 * Math.PI) / 2), false },
        { "{laplace: {scale: 0.5}}", (x, y) => (Math.Abs(x - y) / 0.5) + Math.Log(1), false },
        { "bce", (x, y) => -(x * Math.Log(y)) - ((1 - x) * Math.Log(1 - y)), false },
        { "{bce: {logits: true}}", (x, l) => CrossEntropy(x, l), true },
        { "continuous-bernoulli", (x, y) => CrossEntropy(x, Logit(y)) - LogNormalizer(Logit(y)), false },
        { "{continuous-bernoulli: {logits: true}}", (x, l) => CrossEntropy(x, l) - LogNormalizer(l), true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_of_a_batch_is_the_closed_form(string loss, Func<double, double, double> formula, bool logits)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] output = logits ? Logits : Output;
        double total = Data.Zip(output).Sum(pair => formula(pair.First, pair.Second));
        Tensor outputs = tensor(output).reshape(2, 3), target = tensor(Data).reshape(2, 3);
        Assert.Equal(total / 2, Create(loss, "sum").Forward(outputs, target).item<double>(), 6);
        Assert.Equal(total / 6, Create(loss, "mean").Forward(outputs, target).item<double>(), 6);
        Assert.Equal(Create(loss, "sum").Forward(outputs, target).item<double>(), Create(loss, "mean").ByExample(outputs, target).mean().item<double>(), 9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_finite_differences(string loss, Func<double, double, double> formula, bool logits)
    {
        using DisposeScope scope = NewDisposeScope();
        ReconstructionLoss module = Create(loss, "sum");
        double[] output = logits ? Logits : Output;
        Tensor outputs = tensor(output).reshape(2, 3).requires_grad_(true), target = tensor(Data).reshape(2, 3);
        module.Forward(outputs, target).backward();
        double[] gradient = outputs.grad!.data<double>().ToArray();
        for (int i = 0; i < output.Length; i++)
        {
            const double step = 1e-5;
            double slope = (formula(Data[i], output[i] + step) - formula(Data[i], output[i] - step)) / (2 * step) / 2;
            Assert.Equal(slope, gradient[i], 4);
        }
    }

    [Fact]
    public void The_continuous_Bernoulli_is_a_density()
    {
        // ∫ exp(−loss) dx over 0..1 is 1, whatever the logit: also at 0, where the normalizer is a limit.
        using DisposeScope scope = NewDisposeScope();
        ReconstructionLoss loss = Create("{continuous-bernoulli: {logits: true}}", "sum");
        foreach (double logit in new[] { 0, 1e-3, 0.099, 0.101, -2, 9 })
        {
            const int cells = 2000;
            double integral = 0;
            for (int i = 0; i < cells; i++)
                integral += Math.Exp(-loss.Forward(tensor(new[] { logit }).reshape(1, 1), tensor(new[] { (i + 0.5) / cells }).reshape(1, 1)).item<double>()) / cells;
            Assert.Equal(1, integral, 5);
        }
    }

    [Fact]
    public void Every_row_of_the_catalogue_has_a_loss() =>
        Assert.Equal(ReconstructionCatalogue.Rows.All.Select(row => row.Name).Order(), ReconstructionLosses.Names.Order());

    [Theory]
    [InlineData("bce")]
    [InlineData("continuous-bernoulli")]
    public void A_sigmoid_before_the_loss_and_logits_to_the_loss_are_the_same_number(string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        Spec outside = Specs.Mlp(loss: $"{{reconstruction: {kind}, kl: 1}}"), inside = Specs.Mlp(loss: $"{{reconstruction: {{{kind}: {{logits: true}}}}, kl: 1}}", end: "");
        Tensor batch = tensor(Specs.Curve([12], 8).Floats!).reshape(8, 12), codes = randn(8, 2);
        float[] losses = [.. new[] { outside, inside }.Select(spec =>
        {
            using RandomStreams streams = new(1, CPU);
            using VaeNetwork network = new(spec, streams, CPU);
            var objective = new Objective(spec, network);
            Assert.InRange(objective.Values(codes).max().item<float>(), 0.3f, 0.999f);
            return objective.ReconstructionFrom(codes, batch).item<float>();
        })];
        Assert.Equal(losses[0], losses[1]);
    }

    private static ReconstructionLoss Create(string loss, string reduce)
    {
        string written = loss.StartsWith('{') ? loss.Replace("}}", $", reduce: {reduce}}}}}", StringComparison.Ordinal) : $"{{{loss}: {{reduce: {reduce}}}}}";
        Component component = Specs.Mlp(loss: $"{{reconstruction: {written}, kl: 1}}", end: "").Loss.Reconstruction;
        return ReconstructionLosses.Create(component, ReconstructionLosses.SaysLogits(component));
    }

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));

    private static double CrossEntropy(double x, double logit) =>
        Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - (x * logit);

    private static double LogNormalizer(double logit) =>
        Math.Abs(logit) < 1e-6 ? Math.Log(2) : Math.Log(logit / Math.Tanh(logit / 2));
}
