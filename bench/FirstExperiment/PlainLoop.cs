using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Data;
using Vae.Torch.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.Bench.FirstExperiment;

/// <summary>
/// The first experiment as a careful user of TorchSharp writes it: the whole set as one tensor, a permutation an epoch, TorchSharp's
/// Adam, one dispose scope a step. Of our bootstrap it takes only what it needs to run at all.
/// </summary>
internal static class PlainLoop
{
    private const int Batch = 128;
    private const double Beta = 0.001;

    public static (double[] EpochSeconds, double LastLoss) Train(Examples examples, int threads, int epochs)
    {
        TorchRuntime.EnsureLoaded(new() { Threads = threads, FlushDenormal = false });
        random.manual_seed(42);
        using Tensor images = tensor(examples.Bytes!).reshape(examples.Count, 784).to(float32).div_(255f);
        using var model = new Model();
        using var optimizer = optim.Adam(model.parameters(), lr: 2e-3);
        var seconds = new double[epochs];
        double lastLoss = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            using Tensor order = randperm(examples.Count);
            double total = 0;
            for (int first = 0; first < examples.Count; first += Batch)
            {
                using var scope = NewDisposeScope();
                int count = Math.Min(Batch, examples.Count - first);
                Tensor x = images.index_select(0, order.narrow(0, first, count));
                optimizer.zero_grad();
                (Tensor output, Tensor mu, Tensor logVariance) = model.call(x);
                Tensor reconstruction = functional.mse_loss(output, x);
                Tensor kl = -0.5 * (1 + logVariance - mu.pow(2) - logVariance.exp()).sum(dim: 1).mean();
                Tensor loss = reconstruction + (Beta * kl);
                loss.backward();
                optimizer.step();
                total += loss.item<float>() * count;
            }

            seconds[epoch] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            lastLoss = total / examples.Count;
        }

        return (seconds, lastLoss);
    }

    private sealed class Model : Module<Tensor, (Tensor Output, Tensor Mu, Tensor LogVariance)>
    {
        private readonly Sequential encoder = Sequential(Linear(784, 128), ReLU());
        private readonly Linear mu = Linear(128, 2);
        private readonly Linear logVariance = Linear(128, 2);
        private readonly Sequential decoder = Sequential(Linear(2, 128), ReLU(), Linear(128, 784), Sigmoid());

        public Model()
            : base("vae") => RegisterComponents();

        public override (Tensor Output, Tensor Mu, Tensor LogVariance) forward(Tensor input)
        {
            Tensor hidden = encoder.call(input);
            Tensor mean = mu.call(hidden);
            Tensor spread = logVariance.call(hidden);
            Tensor z = mean + ((0.5 * spread).exp() * randn_like(mean));
            return (decoder.call(z), mean, spread);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                encoder.Dispose();
                mu.Dispose();
                logVariance.Dispose();
                decoder.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
