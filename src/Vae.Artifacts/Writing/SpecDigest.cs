using Vae.Dsl;

namespace Vae.Artifacts.Writing;

/// <summary>What identifies a spec.</summary>
public static class SpecDigest
{
    /// <summary>SHA-256 of the resolved form (<c>spec.resolved.yaml</c>), lower-case hexadecimal.</summary>
    public static string Of(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Sha256.Of(spec.ToYaml());
    }

    /// <summary>Name and digest, as the files that speak of a spec carry them.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Identity(Spec spec) => [new("name", spec.Name), new("sha256", Of(spec))];
}
