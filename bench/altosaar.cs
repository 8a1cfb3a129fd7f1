#!/usr/bin/env dotnet
#:project ../src/Vae.Torch
#:property NoWarn=$(NoWarn);CA1305;MA0047;CA1050

// The experiment of specs/published/altosaar-mnist.vae.yaml as a plain TorchSharp loop, with the three things that the published script does
// otherwise than Vae: σ is the softplus of what the encoder gives, not the exponential of half of it; the KL is estimated by the one code that is
// decoded, not computed; and the loss is the sum over a batch, not its mean, beside which RMSprop's eps of 1e-8 is nothing.
// It tells how much of the difference from the published figure they make.
//   dotnet run bench/altosaar.cs -- softplus sampled sum     as published
//   dotnet run bench/altosaar.cs -- exp closed mean          as Vae
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using TorchSharp;
using Vae.Torch.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

if (args is not [("softplus" or "exp") and var scale, ("sampled" or "closed") and var divergence, ("sum" or "mean") and var reduction])
{
    Console.Error.WriteLine("give 'softplus' or 'exp', 'sampled' or 'closed', and 'sum' or 'mean'");
    return 2;
}

const int Steps = 65_000, Batch = 128, Code = 128, Hidden = 256, EvaluateEvery = 5_000;
TorchRuntime.EnsureLoaded(new() { Threads = 1 });
manual_seed(1);

// One fixed draw of the pixels; 10,000 of the training pictures are held out.
using Tensor all = bernoulli(Pictures("train-images-idx3-ubyte.gz")), test = bernoulli(Pictures("t10k-images-idx3-ubyte.gz"));
using Tensor shuffled = randperm(60_000);
using Tensor validation = all[shuffled[..10_000]], train = all[shuffled[10_000..]];

var encoder = Mlp(784, 2 * Code);
var decoder = Mlp(Code, 784);
var optimizer = optim.RMSProp([.. decoder.parameters(), .. encoder.parameters()], 1e-3, centered: true);
double best = double.PositiveInfinity;
for (int step = 0; step <= Steps;)
{
    using DisposeScope epoch = NewDisposeScope();
    Tensor order = randperm(train.size(0));
    for (int start = 0; start < train.size(0) && step <= Steps; start += Batch, step++)
    {
        using DisposeScope scope = NewDisposeScope();
        if (step % EvaluateEvery == 0)
        {
            (double held, double tested) = (Mean(validation), Mean(test));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step,6}  validation {held:F2}  test {tested:F2}{(held < best ? "  best" : "")}"));
            best = Math.Min(best, held);
        }

        optimizer.zero_grad();
        Tensor losses = Loss(train.index_select(0, order[start..Math.Min(start + Batch, (int)train.size(0))]));
        (reduction == "sum" ? losses.sum() : losses.mean()).backward();
        optimizer.step();
    }
}

return 0;

Tensor Loss(Tensor pictures)
{
    Tensor[] parameters = encoder.call(pictures).chunk(2, 1);
    Tensor mu = parameters[0], sigma = scale == "softplus" ? F.softplus(parameters[1]) : exp(0.5 * parameters[1]);
    Tensor noise = randn_like(sigma), z = mu + (sigma * noise);
    Tensor kl = divergence == "sampled"
        ? ((0.5 * z.square()) - (0.5 * noise.square()) - log(sigma)).sum(1)
        : (0.5 * (sigma.square() + mu.square() - 1) - log(sigma)).sum(1);
    return F.binary_cross_entropy_with_logits(decoder.call(z), pictures, reduction: nn.Reduction.None).sum(1) + kl;
}

// The negative ELBO in nats, with five codes a picture.
double Mean(Tensor pictures)
{
    using IDisposable frozen = no_grad();
    return Enumerable.Range(0, 5).Average(_ =>
    {
        using DisposeScope scope = NewDisposeScope();
        return Loss(pictures).mean().ToDouble();
    });
}

static TorchSharp.Modules.Sequential Mlp(int inputs, int outputs) =>
    nn.Sequential(nn.Linear(inputs, Hidden), nn.ReLU(), nn.Linear(Hidden, Hidden), nn.ReLU(), nn.Linear(Hidden, outputs));

static Tensor Pictures(string file, [CallerFilePath] string script = "")
{
    using var packed = new GZipStream(File.OpenRead(Path.GetFullPath(Path.Combine("..", "data", "mnist", file), Path.GetDirectoryName(script)!)), CompressionMode.Decompress);
    using var content = new MemoryStream();
    packed.CopyTo(content);
    return tensor(content.ToArray()[16..], uint8).reshape(-1, 784).to(float32) / 255;
}
