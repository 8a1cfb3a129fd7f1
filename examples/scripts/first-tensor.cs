#!/usr/bin/env dotnet
#:project ../../src/Vae.Torch

// A C# file as a program: dotnet run examples/scripts/first-tensor.cs
// EnsureLoaded comes before the first touch of 'torch'; the script below then is plain TorchSharp.
using TorchSharp;
using Vae.Torch.Native;
using static TorchSharp.torch;

TorchRuntimeInfo runtime = TorchRuntime.EnsureLoaded(new() { Threads = 1 });
Console.WriteLine($"libtorch {runtime.LibTorchVersion} from {runtime.Origin}, {runtime.CpuCapability}, {runtime.Threads} thread(s)");

using var scope = NewDisposeScope();
random.manual_seed(1);
Tensor x = linspace(-1, 1, 64).unsqueeze(1);
Tensor y = x.mul(3).add(0.5f);
var line = nn.Linear(1, 1);
var optimizer = optim.SGD(line.parameters(), 0.3);
for (int step = 0; step < 100; step++)
{
    using var inner = NewDisposeScope();
    optimizer.zero_grad();
    Tensor loss = nn.functional.mse_loss(line.call(x), y);
    loss.backward();
    optimizer.step();
}

Console.WriteLine(FormattableString.Invariant($"y = {line.weight.item<float>():F2} x + {line.bias!.item<float>():F2}"));
