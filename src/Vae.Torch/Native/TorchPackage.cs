namespace Vae.Torch.Native;

/// <summary>The NuGet package that brings libtorch to a machine.</summary>
/// <param name="Id">Its id, with the runtime identifier in it.</param>
/// <param name="Version">The version that this assembly was built for.</param>
public sealed record TorchPackage(string Id, string Version);
