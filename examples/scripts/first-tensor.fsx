// An F# script. Build once (dotnet build src/Vae.Tool), then: dotnet fsi examples/scripts/first-tensor.fsx
// F# Interactive reads no deps.json: it takes assemblies from the folder that #I names, and there all of them lie together.
// The native libraries are no concern of this header: EnsureLoaded finds them, and must come before the first touch of 'torch'.
#I "../../src/Vae.Tool/bin/Debug/net10.0"
#r "TorchSharp.dll"
#r "Vae.Dsl.dll"
#r "Vae.Torch.dll"

open TorchSharp
open Vae.Torch.Native

let runtime = TorchRuntime.EnsureLoaded(TorchRuntimeOptions(Threads = 1))
printfn $"libtorch {runtime.LibTorchVersion} from {runtime.Origin}, {runtime.CpuCapability}, {runtime.Threads} thread(s)"

let x = torch.linspace(-1.0, 1.0, 64L).unsqueeze(1L)
let y = x.mul(torch.tensor 3.0f).add(torch.tensor 0.5f)
let line = torch.nn.Linear(1L, 1L)
let optimizer = torch.optim.SGD(line.parameters(), 0.3)

for _ in 1..100 do
    use _ = torch.NewDisposeScope()
    optimizer.zero_grad()
    let loss = torch.nn.functional.mse_loss(line.call x, y)
    loss.backward()
    optimizer.step() |> ignore

printfn $"y = %.2f{line.weight.item<float32>()} x + %.2f{line.bias.item<float32>()}"
