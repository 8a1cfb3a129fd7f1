namespace Vae.Torch.Native;

/// <summary>What <see cref="ElfVersionNeed.MarkWeak"/> did with a file.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Reason">Why the file was refused; empty otherwise.</param>
internal sealed record ElfVersionNeedResult(ElfVersionNeedStatus Status, string Reason = "");
