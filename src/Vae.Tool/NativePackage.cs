namespace Vae.Tool;

/// <summary>A package of native libraries that none of ours holds.</summary>
/// <param name="Id">Its name in lower case, which is that of its folder.</param>
/// <param name="Version">Its version.</param>
/// <param name="Size">What is downloaded, as it is told: <c>160 MB</c>.</param>
/// <param name="Purpose">What it is needed for: <c>to train</c>.</param>
/// <param name="Otherwise">What can be done without it, in the imperative.</param>
internal sealed record NativePackage(string Id, string Version, string Size, string Purpose, string Otherwise);
