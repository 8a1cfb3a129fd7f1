using System.Buffers.Binary;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>
/// The format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, a type, the number of axes, their sizes as big-endian
/// 32-bit numbers, the values. <c>path</c> is a file of examples, or a folder with MNIST's four file names.
/// </summary>
internal sealed class IdxSource : DataSource
{
    private const byte UnsignedByte = 0x08;

    private static readonly string[] FolderFiles =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <inheritdoc/>
    public override string Name => "idx";

    /// <inheritdoc/>
    public override SetSize Measure(SourceRequest request)
    {
        string?[] paths = Paths(request);
        SetSize train = MeasureFile(paths[0]!, request);
        return paths[2] is null ? train : train with { Examples = train.Examples + MeasureFile(paths[2]!, request).Examples };
    }

    /// <inheritdoc/>
    public override SourceContent Read(SourceRequest request)
    {
        string?[] paths = Paths(request);
        List<DataFileDigest> files = [];
        RawExamples train = ReadPair(paths[0]!, paths[1], request, files);
        RawExamples? test = paths[2] is null ? null : ReadPair(paths[2]!, paths[3], request, files);
        return new SourceContent(train, test, files);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request) =>
        [.. Paths(request).OfType<string>().Select(path => DataFile.DigestOf(path, request.Cancellation))];

    /// <summary>Reads a file of examples and, where there is one, its file of labels.</summary>
    public static RawExamples ReadPair(string images, string? labels, SourceRequest request, List<DataFileDigest> files)
    {
        RawArray values = ReadArray(images, request, files);
        return RawExamples.Of(values, labels is null ? null : ReadArray(labels, request, files));
    }

    private static string?[] Paths(SourceRequest request)
    {
        if (!Directory.Exists(request.Path))
            return [request.Path, request.LabelsPath, null, null];
        if (request.Spec.Labels is not null)
            throw DataFault.At(DiagnosticTable.Data.LabelCount, request.Path, "in a folder the labels are the files with MNIST's names; take 'labels' out");
        string?[] found = [.. FolderFiles.Select(name => PlainOrPacked(request.Path, name))];
        if (found[0] is null)
            throw DataFault.At(DiagnosticTable.Data.NotFound, request.Path, $"the folder holds no {FolderFiles[0]}, plain or .gz");
        return found;
    }

    /// <summary>The file of that name in a folder, plain or gzipped; or <c>null</c>.</summary>
    public static string? PlainOrPacked(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }

    private static SetSize MeasureFile(string path, SourceRequest request)
    {
        using DataFile file = DataFile.Open(path, request.Cancellation);
        (byte type, long[] axes) = ReadHeader(file);
        return new SetSize(axes[0], axes.Skip(1).Aggregate(1.0, (product, axis) => product * axis), type == UnsignedByte) { Beside = sizeof(int) };
    }

    private static (byte Type, long[] Axes) ReadHeader(DataFile file)
    {
        Span<byte> start = stackalloc byte[4];
        file.Fill(start);
        if (start[0] != 0 || start[1] != 0)
        {
            throw DataFault.At(
                DiagnosticTable.Data.Malformed,
                file.FullPath,
                $"an idx file begins with 00 00; this one with {start[0]:x2} {start[1]:x2}");
        }

        int rank = start[3];
        if (rank == 0)
            throw DataFault.At(DiagnosticTable.Data.Malformed, file.FullPath, "the header gives no axes");
        byte[] sizes = new byte[rank * 4];
        file.Fill(sizes);
        return (start[2], [.. Enumerable.Range(0, rank).Select(axis => (long)BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(axis * 4)))]);
    }

    private static RawArray ReadArray(string path, SourceRequest request, List<DataFileDigest> files)
    {
        using DataFile file = DataFile.Open(path, request.Cancellation);
        (byte type, long[] axes) = ReadHeader(file);
        int length = RawArray.CheckedLength(path, axes, request.MemoryLimit, SetSize.BytesEach(request.Spec, type == UnsignedByte));
        Shape shape = new([.. axes.Select(axis => (int)axis)]);
        int width = type switch
        {
            UnsignedByte or 0x09 => 1,
            0x0B => 2,
            0x0C or 0x0D => 4,
            0x0E => 8,
            _ => throw DataFault.At(
                DiagnosticTable.Data.ElementType,
                path,
                $"the type 0x{type:x2} is none of idx: 0x08 ubyte, 0x09 sbyte, 0x0b short, 0x0c int, 0x0d float, 0x0e double"),
        };
        file.Require((long)length * width);
        RawArray array = type switch
        {
            UnsignedByte => new RawArray(path, shape) { Bytes = ElementReader.Bytes(file, length) },
            0x09 => new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, 1, raw => (sbyte)raw[0]) },
            0x0B => new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, 2, raw => BinaryPrimitives.ReadInt16BigEndian(raw)) },
            0x0C => new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, 4, raw => BinaryPrimitives.ReadInt32BigEndian(raw)) },
            0x0D => new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, 4, raw => BinaryPrimitives.ReadSingleBigEndian(raw)) },
            _ => new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, 8, raw => (float)BinaryPrimitives.ReadDoubleBigEndian(raw)) },
        };
        files.Add(file.DigestAtEnd());
        return array;
    }
}
