using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StbImageSharp;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>
/// A folder of PNG and JPEG pictures. Sub-folders are classes, in ordinal order of their names. With a sub-folder <c>train</c>, that
/// one is the training set and <c>test</c>, where it is there, the test set.
/// </summary>
internal sealed class ImagesSource : DataSource
{
    /// <summary>A header that claims more pixels is taken for a lie, before memory is given for them.</summary>
    private const long MostPixels = 1 << 26;

    private static readonly string[] Known = [".png", ".jpg", ".jpeg"];
    private static readonly string[] NotRead = [".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif", ".heic", ".tga"];

    /// <inheritdoc/>
    public override string Name => "images";

    /// <inheritdoc/>
    public override SetSize Measure(SourceRequest request)
    {
        Folders folders = Open(request);
        return new SetSize(folders.Train.Length + (folders.Test?.Length ?? 0), request.Spec.Shape.Size, AreBytes: true) { Beside = sizeof(int) };
    }

    /// <inheritdoc/>
    public override SourceContent Read(SourceRequest request)
    {
        Folders folders = Open(request);
        FolderDigest digest = new();
        Frame? frame = request.Spec.Shape.Rank == 1 ? null : Frame.Of(request.Spec.Shape, request.Path);
        RawExamples train = ReadFolder(folders.Train, folders, ref frame, request, digest);
        RawExamples? test = folders.Test is null ? null : ReadFolder(folders.Test, folders, ref frame, request, digest);
        return new SourceContent(train, test, [digest.Of(request.Path)]) { LabelNames = folders.Classes, Classes = folders.Classes?.Length };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request)
    {
        Folders folders = Open(request);
        FolderDigest digest = new();
        foreach (Picture picture in folders.Train.Concat(folders.Test ?? []))
            digest.Add(picture.Name, DataFile.DigestOf(picture.Path, request.Cancellation).Sha256);
        return [digest.Of(request.Path)];
    }

    /// <summary>
    /// A picture, or all pictures below a folder whatever its sub-folders are called, without a split. Beside them their paths below the folder
    /// and, where each lies in a sub-folder, the names of these.
    /// </summary>
    public static (RawExamples Pictures, string[] Names, string[]? Classes) ReadLoose(SourceRequest request)
    {
        Picture[] pictures = Directory.Exists(request.Path) ? Pictures(request.Path, request.Path) : [new Picture(request.Path, Path.GetFileName(request.Path), null)];
        Frame? frame = request.Spec.Shape.Rank == 1 ? null : Frame.Of(request.Spec.Shape, request.Path);
        RawExamples examples = ReadFolder(pictures, null, ref frame, request, new FolderDigest());
        string[] classes = [.. pictures.Select(picture => picture.Class).OfType<string>()];
        return (examples, [.. pictures.Select(picture => picture.Name)], classes.Length == pictures.Length ? classes : null);
    }

    private static RawExamples ReadFolder(Picture[] pictures, Folders? folders, ref Frame? frame, SourceRequest request, FolderDigest digest)
    {
        byte[]? values = null;
        int size = 0;
        for (int i = 0; i < pictures.Length; i++)
        {
            Picture picture = pictures[i];
            byte[] packed = ReadPicture(picture, request, digest);
            (int width, int height) = SizeOf(packed, picture.Path);
            frame ??= Frame.Flat(request.Spec.Shape, width, height, picture.Path);
            size = frame.Shape[0] * frame.Shape[1] * frame.Shape[2];
            values ??= new byte[RawArray.CheckedLength(request.Path, [pictures.Length, size], request.MemoryLimit, SetSize.BytesEach(request.Spec, areBytes: true))];
            frame.RequireProportions(width, height, picture.Path);
            byte[] pixels = Decode(packed, frame.Channels, picture.Path);
            byte[] resized = ImageResampler.Resize(pixels, frame.Channels, (width, height), (frame.Width, frame.Height));
            CopyChannelsFirst(resized, values.AsSpan(i * size, size), frame.Channels);
        }

        if (values is null)
            throw DataFault.At(DiagnosticTable.Data.Empty, request.Path, "the folder holds no PNG or JPEG picture");
        RawArray array = new(request.Path, [pictures.Length, .. frame!.Shape]) { Bytes = values };
        int[]? labels = folders?.Classes is null ? null : Array.ConvertAll(pictures, picture => folders.Label(picture, request.Path));
        return new RawExamples(array, labels);
    }

    private static void CopyChannelsFirst(byte[] pixels, Span<byte> target, int channels)
    {
        int plane = pixels.Length / channels;
        for (int pixel = 0; pixel < plane; pixel++)
        {
            for (int channel = 0; channel < channels; channel++)
                target[(channel * plane) + pixel] = pixels[(pixel * channels) + channel];
        }
    }

    private static byte[] ReadPicture(Picture picture, SourceRequest request, FolderDigest digest)
    {
        using DataFile file = DataFile.Open(picture.Path, request.Cancellation);
        byte[] packed = file.ReadWhole(request.MemoryLimit);
        digest.Add(picture.Name, file.DigestAtEnd().Sha256);

        // The decoder would take a cut JPEG for one with a grey end. In the coded part 0xFF is always followed by something else.
        ReadOnlySpan<byte> bytes = packed;
        bool png = bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']);
        if (!png && !bytes.StartsWith<byte>([0xFF, 0xD8]))
            throw DataFault.At(DiagnosticTable.Data.Image, picture.Path, "the file is neither a PNG nor a JPEG picture, whatever its name says");
        bool whole = png ? bytes.LastIndexOf("IEND"u8) >= 0 : bytes.LastIndexOf<byte>([0xFF, 0xD9]) > bytes.LastIndexOf<byte>([0xFF, 0xDA]);
        return whole ? packed : throw DataFault.At(DiagnosticTable.Data.Truncated, picture.Path, "the picture's end is missing");
    }

    private static (int Width, int Height) SizeOf(byte[] packed, string path)
    {
        ImageInfo? info;
        using MemoryStream stream = new(packed, writable: false);
        try
        {
            info = ImageInfo.FromStream(stream);
        }
        catch (Exception e)
        {
            // The decoder throws what it likes on a broken file.
            throw DataFault.At(DiagnosticTable.Data.Image, path, "the picture's header is broken: " + e.Message, e);
        }

        if (info is not { Width: > 0, Height: > 0 } size)
            throw DataFault.At(DiagnosticTable.Data.Image, path, "the picture's header is broken");
        if ((long)size.Width * size.Height > MostPixels)
            throw DataFault.At(DiagnosticTable.Data.TooLarge, path, $"a picture of {size.Width}×{size.Height} pixels is too large; {MostPixels} pixels are the limit");
        return (size.Width, size.Height);
    }

    private static byte[] Decode(byte[] packed, int channels, string path)
    {
        try
        {
            return ImageResult.FromMemory(packed, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue).Data;
        }
        catch (Exception e)
        {
            // The decoder throws what it likes on a broken file.
            throw DataFault.At(DiagnosticTable.Data.Image, path, "the picture is broken: " + e.Message, e);
        }
    }

    private static Folders Open(SourceRequest request)
    {
        string root = request.Path;
        if (request.Spec.Labels is not null)
            throw DataFault.At(DiagnosticTable.Data.LabelCount, root, "the classes of pictures are the names of their sub-folders; take 'labels' out");
        if (!Directory.Exists(root))
            throw DataFault.At(DiagnosticTable.Data.NotFound, root, "there is no such folder");
        try
        {
            string inside = Path.Combine(root, "train");
            Picture[] train = Pictures(root, Directory.Exists(inside) ? inside : root);
            string beside = Path.Combine(root, "test");
            Picture[]? test = Directory.Exists(inside) && Directory.Exists(beside) ? Pictures(root, beside) : null;
            return new Folders(train, test, root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFault.At(DiagnosticTable.Data.Unreadable, root, $"the folder cannot be read: {e.Message}", e);
        }
    }

    private static Picture[] Pictures(string root, string folder)
    {
        List<Picture> pictures = [];
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // Systems leave files like .DS_Store and ._1.png behind.
            if (Path.GetFileName(path).StartsWith('.'))
                continue;
            string extension = Path.GetExtension(path).ToLowerInvariant();
            if (NotRead.Contains(extension))
                throw DataFault.At(DiagnosticTable.Data.Image, path, $"PNG and JPEG are read, {extension} is not");
            string below = Path.GetRelativePath(folder, path).Replace('\\', '/');
            int slash = below.IndexOf('/', StringComparison.Ordinal);
            if (Known.Contains(extension))
                pictures.Add(new Picture(path, Path.GetRelativePath(root, path).Replace('\\', '/'), slash < 0 ? null : below[..slash]));
        }

        return [.. pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal)];
    }

    /// <summary>A file.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Name">The path below the data's folder, with slashes: what orders files and goes into the digest.</param>
    /// <param name="Class">The sub-folder that says the class; or <c>null</c>.</param>
    private sealed record Picture(string Path, string Name, string? Class);

    /// <summary>All files of both splits, and the classes that the training set has.</summary>
    private sealed class Folders
    {
        public Folders(Picture[] train, Picture[]? test, string root)
        {
            Train = train;
            Test = test;
            string[] names = [.. train.Select(picture => picture.Class).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            Picture? loose = train.FirstOrDefault(picture => picture.Class is null);
            if (names.Length > 0 && loose is not null)
                throw DataFault.At(DiagnosticTable.Data.LabelCount, root, $"{loose.Name} lies beside the sub-folders that say the classes: it has none");
            Classes = names.Length > 0 ? names : null;
        }

        public Picture[] Train { get; }

        public Picture[]? Test { get; }

        public string[]? Classes { get; }

        public int Label(Picture picture, string root)
        {
            int label = Array.IndexOf(Classes!, picture.Class);
            return label >= 0 ? label : throw DataFault.At(DiagnosticTable.Data.LabelValue, root, $"{picture.Name}: the training set has no such class");
        }
    }

    /// <summary>What every picture becomes.</summary>
    private sealed record Frame(int Channels, int Height, int Width, bool MayResize)
    {
        public Shape Shape => [Channels, Height, Width];

        public static Frame Of(Shape shape, string path)
        {
            bool grey = shape.Rank == 2;
            int channels = grey ? 1 : shape[0];
            if (shape.Rank is not (2 or 3) || channels is not (1 or 3))
            {
                throw DataFault.At(
                    DiagnosticTable.Data.ShapeMismatch,
                    path,
                    $"data.shape is {shape}; pictures are [1,H,W] or [H,W] in grey, [3,H,W] in colour, or flat");
            }

            return new Frame(channels, shape[^2], shape[^1], MayResize: true);
        }

        /// <summary>A flat shape says neither height nor width: the first picture does, and all others must be like it.</summary>
        public static Frame Flat(Shape shape, int width, int height, string path)
        {
            long pixels = (long)width * height;
            if (shape.Size != pixels && shape.Size != 3 * pixels)
            {
                throw DataFault.At(
                    DiagnosticTable.Data.ShapeMismatch,
                    path,
                    $"data.shape is {shape}; this picture of {width}×{height} has {pixels} values in grey and {3 * pixels} in colour. To have pictures resized, say [C,H,W]");
            }

            return new Frame(shape.Size == pixels ? 1 : 3, height, width, MayResize: false);
        }

        /// <summary>Proportions are the same when one side, scaled like the other, rounds to what is asked.</summary>
        public void RequireProportions(int width, int height, string path)
        {
            bool alike = Math.Abs(((double)width * Height / height) - Width) <= 0.5 || Math.Abs(((double)height * Width / width) - Height) <= 0.5;
            if ((width, height) == (Width, Height) || (MayResize && alike))
                return;
            throw DataFault.At(
                DiagnosticTable.Data.ImageSize,
                path,
                string.Create(CultureInfo.InvariantCulture, $"the picture is {width}×{height} (width by height), which is not in proportion to {Width}×{Height}"));
        }
    }

    /// <summary>
    /// One digest for the whole folder: the SHA-256 of a line <c>sha256 two-spaces name</c> for each file in ordinal order of names
    /// (training files first), which is what <c>sha256sum</c> prints.
    /// </summary>
    private sealed class FolderDigest
    {
        private readonly StringBuilder lines = new();

        public void Add(string name, string sha256) => lines.Append(sha256).Append("  ").Append(name).Append('\n');

        public DataFileDigest Of(string folder) => new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))));
    }
}
