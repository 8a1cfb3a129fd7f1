using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;
using Vae.Torch;
using static TorchSharp.torch;

namespace Vae.Tool.Tests;

/// <summary><c>model.dat</c> is what TorchSharp's own <c>Module.load</c> reads into the same modules.</summary>
public sealed class TorchSharpWeightsTests : IDisposable
{
    private const int Header = 128;

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void TorchSharp_loads_the_file_strictly_and_decodes_the_same_numbers()
    {
        string spec = workspace.Spec(Workspace.TinySpec
            .Replace("- linear: {out: 16, act: relu}\n  - linear: {out: auto", "- linear: 16\n  - batchnorm\n  - relu\n  - linear: {out: auto", StringComparison.Ordinal)
            .Replace("plots: [loss]", "plots: [loss], weights: [safetensors, torchsharp], samples: 5", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", spec, "--output", workspace["model"]).Code);
        Vae.Artifacts.TrainedModel trained = Vae.Artifacts.TrainedModel.Read(workspace["model"]);
        using VaeModel model = VaeModel.Load(trained.Spec, trained.Weights);

        using Network network = new();
        network.load(Path.Combine(workspace["model"], "model.dat"), strict: true);
        network.eval();
        float[] codes = [0.5f, -1, 0, 2, -0.3f, 0.1f];
        using (no_grad())
        using (NewDisposeScope())
        {
            Tensor decoded = network.Decode(tensor(codes, [3, 2]));
            Assert.All(model.Decode(codes).Zip(decoded.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(trained.Weights.Single(array => array.Name == "decoder.1.num_batches_tracked").Values[0], network.state_dict()["decoder.1.num_batches_tracked"].item<long>());
        }

        // What TorchSharp itself saves has the same bytes in another order: it lists buffers before weights.
        network.save(workspace["again.dat"]);
        Assert.Equal(File.ReadAllBytes(workspace["again.dat"]).Order(), File.ReadAllBytes(Path.Combine(workspace["model"], "model.dat")).Order());
    }

    [Fact]
    public void The_file_of_samples_holds_the_draws_of_the_spec_s_seed()
    {
        string spec = workspace.Spec(Workspace.TinySpec.Replace("plots: [loss]", "plots: [], samples: 5", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", spec, "--output", workspace["model"]).Code);
        Vae.Artifacts.TrainedModel trained = Vae.Artifacts.TrainedModel.Read(workspace["model"]);
        using VaeModel model = VaeModel.Load(trained.Spec, trained.Weights);
        byte[] samples = File.ReadAllBytes(Path.Combine(workspace["model"], "samples.npy"));
        Assert.Equal(Header + (5 * 36 * sizeof(float)), samples.Length);

        // Another number of threads may add in another order.
        Assert.All(
            MemoryMarshal.Cast<byte, float>(samples.AsSpan(Header)).ToArray().Zip(model.Sample(5, seed: 7)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Arrays_of_every_rank_keep_their_axes()
    {
        NamedArray[] arrays = [new("a", [2, 300], new float[600]), new("é", [1], [2.5f]), new("n.num_batches_tracked", [], [7])];
        byte[] expected =
        [
            3,
            1, (byte)'a', 6, 2, 2, 0xAC, 2, .. new byte[2400],
            2, 0xC3, 0xA9, 6, 1, 1, 0, 0, 0x20, 0x40,
            21, .. "n.num_batches_tracked"u8, 4, 0, 7, 0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, TorchSharpWriter.ToBytes(arrays));
    }

    /// <summary>The modules of the spec, as a user of TorchSharp would write them.</summary>
    private sealed class Network : nn.Module
    {
        private readonly Sequential encoder = nn.Sequential(nn.Linear(36, 16), nn.ReLU());
        private readonly Heads latent = new();
        private readonly Sequential decoder = nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 36), nn.Sigmoid());

        public Network()
            : base("vae") => RegisterComponents();

        public Tensor Decode(Tensor codes) => decoder.forward(codes);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                encoder.Dispose();
                latent.Dispose();
                decoder.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Heads : nn.Module
    {
        private readonly Linear mu = nn.Linear(16, 2);
        private readonly Linear logvar = nn.Linear(16, 2);

        public Heads()
            : base("latent") => RegisterComponents();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                mu.Dispose();
                logvar.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
