using System.Text;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>What a training's result depends on, as one number: equal fingerprints, equal results (on one machine with as many threads).</summary>
public static class Fingerprint
{
    /// <summary>The fingerprint of the inputs that a result came from.</summary>
    public static string Of(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Spec, result.Data, result.Run.Device, result.TrainerVersion);
    }

    /// <summary>The fingerprint of a training's inputs.</summary>
    /// <param name="spec">The spec; its resolved form counts, seed included.</param>
    /// <param name="data">The data files; their order does not count.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="trainerVersion">The trainer's semantic version: raised when the same inputs begin to give other numbers.</param>
    /// <returns>SHA-256, lower-case hexadecimal.</returns>
    public static string Of(Spec spec, IReadOnlyList<DataFileDigest> data, string device, int trainerVersion)
    {
        ArgumentNullException.ThrowIfNull(data);
        var text = new StringBuilder("vae fingerprint 1\n");
        text.Append("spec ").Append(SpecDigest.Of(spec)).Append('\n');
        foreach (DataFileDigest file in data.OrderBy(file => file.Name, StringComparer.Ordinal).ThenBy(file => file.Sha256, StringComparer.Ordinal))
            text.Append("data ").Append(file.Sha256).Append(' ').Append(file.Name).Append('\n');
        text.Append("device ").Append(device).Append('\n');
        text.Append("trainer ").Append(System.Globalization.CultureInfo.InvariantCulture, $"{trainerVersion}").Append('\n');
        return Sha256.Of(text.ToString());
    }
}
