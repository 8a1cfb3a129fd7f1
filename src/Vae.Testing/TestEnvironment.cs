namespace Vae.Testing;

/// <summary>What the environment says about snapshots.</summary>
/// <param name="Wish">The value of <c>VAE_SNAPSHOT</c>.</param>
/// <param name="IsBuildServer">Whether nobody sits in front of the screen.</param>
/// <param name="DiffToolDisabled">Whether DiffEngine is switched off.</param>
internal sealed record TestEnvironment(string? Wish, bool IsBuildServer, bool DiffToolDisabled)
{
    public bool Accepts => string.Equals(Wish, "accept", StringComparison.OrdinalIgnoreCase);
}
