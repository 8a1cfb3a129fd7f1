using Vae.Dsl.Diagnostics;

namespace Vae.Torch.Native;

/// <summary>The answer of <see cref="TorchRuntime.Inspect"/>: either what was loaded, or why nothing was.</summary>
/// <param name="Info">What was loaded, or <c>null</c>.</param>
/// <param name="Diagnostics">Empty where training can run.</param>
public sealed record TorchInspection(TorchRuntimeInfo? Info, IReadOnlyList<Diagnostic> Diagnostics);
