using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>How large a set is, told by headers, names and the sizes of files, before anything is read in full.</summary>
/// <param name="Examples">How many examples, or rows, all splits together have.</param>
/// <param name="Values">How many numbers each has.</param>
/// <param name="AreBytes">Whether they are stored as bytes.</param>
internal sealed record SetSize(double Examples, double Values, bool AreBytes)
{
    /// <summary>Bytes an example takes beside its numbers: label, time, place of the window.</summary>
    public int Beside { get; init; }

    /// <summary>Whether the number of examples is an estimate.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>How many bytes a number takes that a file holds as a byte, or as another type.</summary>
    public static int BytesEach(DataSpec spec, bool areBytes) => areBytes && spec.Scale != Scaling.Standard ? sizeof(byte) : sizeof(float);

    /// <summary>
    /// Refuses a set that takes more than the limit. That is what stays in memory: the trainer works on the same arrays; while a set is
    /// read and parted, a second copy of it is there for a moment.
    /// </summary>
    /// <exception cref="VaeException">VAE3014, with the estimate.</exception>
    public void Require(SourceRequest request)
    {
        double bytes = Examples * ((Values * BytesEach(request.Spec, AreBytes)) + Beside);
        if (bytes <= request.MemoryLimit)
            return;
        string message = string.Create(CultureInfo.InvariantCulture, $"{(IsEstimate ? "about " : "")}{Examples:N0} {(IsEstimate ? "rows" : "examples")} of {Values:N0} numbers take {(IsEstimate ? "about " : "")}{Megabytes(bytes)} MB in memory; the limit here is {Megabytes(request.MemoryLimit)} MB");
        throw request.Spec.Dataset is null ? DataFault.At(DiagnosticTable.Data.TooLarge, request.Path, message) : DataFault.Of(DiagnosticTable.Data.TooLarge, message);
    }

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString(bytes < 1e7 ? "0.#" : "N0", CultureInfo.InvariantCulture);
}
