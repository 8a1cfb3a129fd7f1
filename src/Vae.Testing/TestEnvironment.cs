using DiffEngine;
using Vae.Artifacts.Snapshots;

namespace Vae.Testing;

/// <summary>What the environment says about snapshots.</summary>
/// <param name="Wish">The value of <c>VAE_SNAPSHOT</c>.</param>
/// <param name="IsBuildServer">Whether nobody sits in front of the screen.</param>
/// <param name="DiffToolDisabled">Whether DiffEngine is switched off.</param>
internal sealed record TestEnvironment(string? Wish, bool IsBuildServer, bool DiffToolDisabled)
{
    public bool Accepts => string.Equals(Wish, "accept", StringComparison.OrdinalIgnoreCase);

    // DiffEngine also takes a container for a build server: nothing opens there, but people work and accept in them.
    public static TestEnvironment OfProcess() => new(Environment.GetEnvironmentVariable("VAE_SNAPSHOT"), BuildServer.Detected, DiffRunner.Disabled || BuildServerDetector.Detected);
}
