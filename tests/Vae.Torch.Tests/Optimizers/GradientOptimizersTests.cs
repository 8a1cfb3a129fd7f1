using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Native;
using Vae.Torch.Optimizers;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Optimizers;

public class GradientOptimizersTests
{
    public GradientOptimizersTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    public static TheoryData<string, string> Cases => new()
    {
        { "sgd", "" },
        { "sgd", "weight-decay: 0.1" },
        { "sgd", "momentum: 0.9" },
        { "sgd", "momentum: 0.9, nesterov: true, weight-decay: 0.01" },
        { "adam", "" },
        { "adam", "beta1: 0.8, beta2: 0.99, eps: 1e-6, weight-decay: 0.1" },
        { "adamw", "" },
        { "adamw", "beta1: 0.5, weight-decay: 0.2" },
        { "rmsprop", "" },
        { "rmsprop", "centered: true" },
        { "rmsprop", "momentum: 0.9, weight-decay: 0.01" },
        { "rmsprop", "centered: true, momentum: 0.5, alpha: 0.9, eps: 1e-6" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_scripted_form_follows_the_stock_one_over_fifty_steps_while_the_rate_changes(string kind, string arguments)
    {
        using DisposeScope scope = NewDisposeScope();
        Component optimizer = Specs.Mlp($"{{epochs: 1, optimizer: {{{kind}: {{{arguments}}}}}, lr: 1}}").Train.Optimizer;
        Parameter[] ours = Start(), stock = Start();
        using IOptimizer scripted = GradientOptimizers.Create(optimizer, ours);
        Assert.IsNotType<StockOptimizer>(scripted);
        using IOptimizer reference = GradientOptimizers.CreateStock(optimizer, stock);
        for (int step = 0; step < 50; step++)
        {
            double rate = 0.01 / (1 + (step / 10));
            Descend(ours, scripted, rate);
            Descend(stock, reference, rate);
        }

        foreach ((Parameter mine, Parameter theirs, Parameter start) in ours.Zip(stock, Start()))
        {
            Assert.InRange((mine - theirs).abs().max().item<float>(), 0, 5e-6);
            Assert.True((mine - start).abs().max().item<float>() > 1e-3, "nothing moved");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_double_both_forms_agree_to_what_a_state_of_32_bits_could_not(string kind, string arguments)
    {
        using DisposeScope scope = NewDisposeScope();
        Component optimizer = Specs.Mlp($"{{epochs: 1, optimizer: {{{kind}: {{{arguments}}}}}, lr: 1}}").Train.Optimizer;
        Parameter[] ours = [.. Start().Select(parameter => new Parameter(parameter.detach().to(float64)))];
        Parameter[] stock = [.. Start().Select(parameter => new Parameter(parameter.detach().to(float64)))];
        using IOptimizer scripted = GradientOptimizers.Create(optimizer, ours);
        Assert.IsNotType<StockOptimizer>(scripted);
        using IOptimizer reference = GradientOptimizers.CreateStock(optimizer, stock);
        for (int step = 0; step < 50; step++)
        {
            Descend(ours, scripted, 0.01);
            Descend(stock, reference, 0.01);
        }

        foreach ((Parameter mine, Parameter theirs) in ours.Zip(stock))
        {
            Assert.Equal(float64, mine.dtype);
            Assert.InRange((mine - theirs).abs().max().item<double>(), 0, 1e-13);
        }
    }

    [Fact]
    public void Every_row_of_the_catalogue_has_an_optimizer() =>
        Assert.Equal(OptimizerCatalogue.Rows.All.Select(row => row.Name).Order(), GradientOptimizers.Names.Order());

    [Theory]
    [InlineData(0.5)]
    [InlineData(1000)]
    public void Clipping_bounds_the_common_norm_and_keeps_the_direction(double bound)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] parameters = Start();
        foreach (Parameter parameter in parameters)
            parameter.grad = ones_like(parameter) * 3;
        double before = Math.Sqrt(parameters.Sum(parameter => (double)parameter.numel() * 9));
        GradientClip.Apply(parameters, bound);
        double after = Math.Sqrt(parameters.Sum(parameter => parameter.grad!.square().sum().item<float>()));
        Assert.Equal(Math.Min(before, bound), after, 3);
        Assert.All(parameters, parameter => Assert.Equal(parameter.grad!.min().item<float>(), parameter.grad!.max().item<float>()));
    }

    private static Parameter[] Start()
    {
        using Generator random = new(3);
        return [new Parameter(randn(4, 5, generator: random)), new Parameter(randn(7, generator: random)), new Parameter(randn([], generator: random))];
    }

    /// <summary>A step down a bowl whose axes differ in steepness.</summary>
    private static void Descend(Parameter[] parameters, IOptimizer optimizer, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = parameters.Select((parameter, index) => ((parameter - (0.3 * index)).square() * (index + 0.5)).sum()).Aggregate((first, second) => first + second);
        loss.backward();
        optimizer.Step(rate);
        foreach (Parameter parameter in parameters)
            parameter.grad = null;
    }
}
