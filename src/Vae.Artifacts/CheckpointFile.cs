using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>
/// A checkpoint as a safetensors file: arrays as F32, numbers as F64, bytes as U8, the epoch and the inputs as metadata. Its last array is the
/// SHA-256 of the whole file with zeros in the place of these 32 bytes.
/// </summary>
public static class CheckpointFile
{
    private const string Version = "1", VersionKey = "vae.checkpoint", EpochKey = "epoch", InputPrefix = "input ", Digest = "sha256";

    // What .NET reads at once, less a header as long as the format lets it be.
    private const long LargestData = 0x7FFFFFC7 - 100_000_000;

    private static readonly byte[] NoDigest = new byte[SHA256.HashSizeInBytes];

    /// <summary>Where the checkpoint of a training into a folder is: beside it.</summary>
    public static string PathFor(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Path.TrimEndingDirectorySeparator(folder) + ".checkpoint";
    }

    /// <summary>Writes a checkpoint under a temporary name and puts it in the place of an earlier one, which is whole until then.</summary>
    /// <exception cref="VaeException">VAE4022: it cannot be written, or would have more than 2 GB.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (SizeOf(checkpoint) > LargestData)
            throw Unwritable(path, "it would have more than 2 GB");
        string fresh = path + ".new";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            WriteWhole(fresh, checkpoint);
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TryDelete(fresh);
            throw Unwritable(path, e.Message, e);
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="VaeException">VAE4021: it cannot be opened, is cut off, was altered, or is no checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = WholeFile.Read(path, (why, e) => Unreadable(path, why, e));
        if (!IsWhole(content))
            throw Unreadable(path, "its content does not have the digest that it ends with: the file was cut off or altered");
        try
        {
            return Parse(path, content);
        }
        catch (VaeException e) when (e.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticTable.Snapshots.WeightsUnreadable))
        {
            throw Unreadable(path, e.Diagnostics[0].Message, e);
        }
    }

    /// <summary>Removes a checkpoint, if there is one. Where that fails, it is left.</summary>
    public static void Remove(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TryDelete(path);
    }

    private static void WriteWhole(string path, Checkpoint checkpoint)
    {
        Dictionary<string, string> metadata = checkpoint.Inputs.ToDictionary(input => InputPrefix + input.Key, input => input.Value, StringComparer.Ordinal);
        metadata[VersionKey] = Version;
        metadata[EpochKey] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture);
        SafetensorsArray[] arrays =
        [
            .. checkpoint.Numbers.OrderBy(numbers => numbers.Key, StringComparer.Ordinal).Select(numbers => new SafetensorsArray(numbers.Key, "F64", [numbers.Value.Length], BytesOf(numbers.Value))),
            .. checkpoint.Arrays.Select(array => new SafetensorsArray(array.Name, "F32", array.Shape, SafetensorsWriter.FloatBytes(array.Values))),
            .. checkpoint.Bytes.OrderBy(bytes => bytes.Key, StringComparer.Ordinal).Select(bytes => new SafetensorsArray(bytes.Key, "U8", [bytes.Value.Length], bytes.Value)),
            new SafetensorsArray(Digest, "U8", [NoDigest.Length], NoDigest),
        ];

        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using SHA256 sha = SHA256.Create();
        using (CryptoStream hashed = new(file, sha, CryptoStreamMode.Write, leaveOpen: true))
            SafetensorsWriter.Write(hashed, arrays, metadata);
        file.Seek(-NoDigest.Length, SeekOrigin.End);
        file.Write(sha.Hash);
        file.Flush(flushToDisk: true);
    }

    private static Checkpoint Parse(string path, byte[] content)
    {
        (IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata) = SafetensorsReader.ReadAsStored(content, path);
        if (!metadata.TryGetValue(VersionKey, out string? version) || version != Version
            || !metadata.TryGetValue(EpochKey, out string? epoch) || !int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs))
        {
            throw Unreadable(path, $"it is no checkpoint of version {Version}");
        }

        IEnumerable<SafetensorsArray> Of(string type) => arrays.Where(array => array.Type == type);
        return new Checkpoint
        {
            Epoch = epochs,
            Inputs = metadata.Where(entry => entry.Key.StartsWith(InputPrefix, StringComparison.Ordinal))
                .ToDictionary(entry => entry.Key[InputPrefix.Length..], entry => entry.Value, StringComparer.Ordinal),
            Arrays = [.. Of("F32").Select(SafetensorsReader.ToFloats)],
            Numbers = Of("F64").ToDictionary(array => array.Name, array => NumbersOf(array.Bytes.Span), StringComparer.Ordinal),
            Bytes = Of("U8").Where(array => array.Name != Digest).ToDictionary(array => array.Name, array => array.Bytes.ToArray(), StringComparer.Ordinal),
        };
    }

    private static bool IsWhole(byte[] content)
    {
        if (content.Length < NoDigest.Length)
            return false;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content.AsSpan(0, content.Length - NoDigest.Length));
        hash.AppendData(NoDigest);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(content.AsSpan(content.Length - NoDigest.Length));
    }

    private static long SizeOf(Checkpoint checkpoint) =>
        checkpoint.Arrays.Sum(array => array.Values.LongLength * sizeof(float))
        + checkpoint.Numbers.Sum(numbers => numbers.Value.LongLength * sizeof(double))
        + checkpoint.Bytes.Sum(bytes => bytes.Value.LongLength);

    private static byte[] BytesOf(double[] numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        return bytes;
    }

    private static double[] NumbersOf(ReadOnlySpan<byte> bytes)
    {
        var numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        return numbers;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may hold a file for a moment; the next checkpoint takes its place.
        }
    }

    private static VaeException Unreadable(string path, string why, Exception? inner = null) =>
        new(DiagnosticTable.Training.CheckpointUnreadable.At(new Location(path, 0, 0), $"{why}. Train without '--resume' to start at the beginning."), inner);

    private static VaeException Unwritable(string path, string why, Exception? inner = null) =>
        new(DiagnosticTable.Training.CheckpointUnwritable.At(new Location(path, 0, 0), why), inner);
}
