using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data;

/// <summary>A data file that is read once from start to end: unpacked where it is gzipped, and hashed on the way.</summary>
internal sealed class DataFile : Stream
{
    /// <summary>Deflate cannot pack better than this, so a header that claims more from a packed file lies.</summary>
    private const long LargestPackingRatio = 1032;

    private readonly Stream content;
    private readonly long storedLength;
    private readonly bool packed;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationToken cancellation;
    private long read;

    private DataFile(string path, Stream content, long storedLength, bool packed, CancellationToken cancellation)
    {
        FullPath = path;
        this.content = content;
        this.storedLength = storedLength;
        this.packed = packed;
        this.cancellation = cancellation;
    }

    /// <summary>Where the file is.</summary>
    public string FullPath { get; }

    /// <summary>The name without folder and <c>.gz</c>, so that packing does not show in digests.</summary>
    public string Name => DigestName(FullPath);

    /// <summary>How long the content is: of a gzipped file, what its end says, which holds below 4 GiB and is a guess above.</summary>
    public long EstimatedLength { get; private init; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a file; whether it is gzipped is told by its first two bytes, not by its name.</summary>
    /// <exception cref="VaeException">It is not there or cannot be read.</exception>
    public static DataFile Open(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            throw DataFault.At(DiagnosticTable.Data.NotFound, path, "this is a folder where a file is due");
        try
        {
            FileStream opened = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            bool gzipped = opened.ReadByte() == 0x1F && opened.ReadByte() == 0x8B;
            long length = gzipped ? UnpackedLength(opened) : opened.Length;
            opened.Position = 0;
            Stream unpacked = gzipped ? new GZipStream(opened, CompressionMode.Decompress) : opened;
            return new DataFile(path, unpacked, opened.Length, gzipped, cancellation) { EstimatedLength = length };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataFault.At(DiagnosticTable.Data.NotFound, path, "the file is not there", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFault.At(DiagnosticTable.Data.Unreadable, path, $"the file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A file inside an archive.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="content">Its unpacked content.</param>
    /// <param name="storedLength">Its length in the archive.</param>
    /// <param name="cancellation">Stops a long read.</param>
    public static DataFile Inside(string path, Stream content, long storedLength, CancellationToken cancellation) =>
        new(path, content, storedLength, packed: true, cancellation);

    /// <summary>The digest of a file that is otherwise not read; one with more than <paramref name="most"/> unpacked bytes is refused.</summary>
    public static DataFileDigest DigestOf(string path, CancellationToken cancellation, long most = long.MaxValue)
    {
        using DataFile opened = Open(path, cancellation);
        return opened.DigestToEnd(most);
    }

    /// <summary>The name under which a file's digest stands.</summary>
    public static string DigestName(string path)
    {
        string name = Path.GetFileName(path);
        return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
    }

    /// <summary>Refuses a file that cannot hold so many more bytes, before anything is allocated for them.</summary>
    public void Require(long bytes)
    {
        long most = packed ? checked(storedLength * LargestPackingRatio) : storedLength - read;
        if (bytes > most)
            throw Cut(bytes, packed ? null : most);
    }

    /// <summary>The whole content of a file that is not packed.</summary>
    public byte[] ReadWhole(long memoryLimit)
    {
        if (packed)
            throw DataFault.At(DiagnosticTable.Data.Malformed, FullPath, "the file is gzipped; unpack it first");
        if (storedLength > Math.Min(memoryLimit, Array.MaxLength))
            throw DataFault.At(DiagnosticTable.Data.TooLarge, FullPath, $"the file of {storedLength} bytes is larger than memory allows ({memoryLimit} bytes)");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)storedLength);
        Fill(bytes);
        return bytes;
    }

    /// <summary>Fills <paramref name="buffer"/>, or says that the file is too short.</summary>
    public void Fill(Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            // In pieces, so that the hash finds them in the processor's cache.
            int got = Read(buffer.Slice(done, Math.Min(buffer.Length - done, 1 << 16)));
            if (got == 0)
                throw Cut(buffer.Length, done);
            done += got;
        }
    }

    /// <summary>The digest of the whole content, whose end is reached; else the file is too long.</summary>
    public DataFileDigest DigestAtEnd() => DigestToEnd(read);

    /// <summary>Reads what is left, at most up to <paramref name="most"/> bytes in all, and gives the digest of the whole content.</summary>
    public DataFileDigest DigestToEnd(long most = long.MaxValue)
    {
        Span<byte> buffer = stackalloc byte[1 << 14];
        while (Read(buffer) > 0)
        {
            if (read > most)
                throw DataFault.At(DiagnosticTable.Data.TooLong, FullPath, $"the file goes on behind the {most} bytes that it should hold");
        }

        return new DataFileDigest(Name, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            int got = content.Read(buffer);
            hash.AppendData(buffer[..got]);
            read += got;
            return got;
        }
        catch (InvalidDataException e)
        {
            throw DataFault.At(DiagnosticTable.Data.Malformed, FullPath, $"the packing is broken after {read} unpacked bytes", e);
        }
        catch (IOException e)
        {
            throw DataFault.At(DiagnosticTable.Data.Unreadable, FullPath, $"the file cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The last four bytes of a gzipped file are its unpacked length modulo 2³² (RFC 1952, 2.3.1).</summary>
    private static long UnpackedLength(FileStream file)
    {
        if (file.Length < sizeof(uint))
            return file.Length;
        Span<byte> last = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - last.Length;
        file.ReadExactly(last);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(last);
        // Text never grows when it is packed, so a length below the file's has lost its higher bits.
        while (length < file.Length)
            length += 1L << 32;
        return length;
    }

    private VaeException Cut(long wanted, long? there) => DataFault.At(
        DiagnosticTable.Data.Truncated,
        FullPath,
        there is null
            ? $"the header asks for {wanted} more bytes than so small a file can hold"
            : $"{wanted} more bytes are due, {there} are there");
}
