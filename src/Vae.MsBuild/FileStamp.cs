using System.Globalization;

namespace Vae.MsBuild;

/// <summary>What the cheap gate knows of a file: its path, when it was written and how long it is. For a folder: the same of all that is in it.</summary>
internal sealed class FileStamp(string path, long writeTicks, long length)
{
    private const long Missing = -1;

    public string Path { get; } = path;

    public bool Exists => length != Missing;

    /// <summary>The file as it is now.</summary>
    public static FileStamp Of(string path)
    {
        DirectoryInfo folder = new(path);
        if (folder.Exists)
        {
            // A folder of images is one input. A file added or removed changes the time of the folder that holds it.
            List<FileSystemInfo> all = [folder, .. folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)];
            return new(path, all.Max(entry => entry.LastWriteTimeUtc.Ticks), all.OfType<FileInfo>().Sum(entry => entry.Length));
        }

        FileInfo file = new(path);
        return file.Exists ? new(path, file.LastWriteTimeUtc.Ticks, file.Length) : new(path, 0, Missing);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; <c>null</c> where it is anything else.</summary>
    public static FileStamp? Parse(string text)
    {
        string[] parts = text.Split(['\t'], 3);
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long length)
            ? new(parts[2], ticks, length)
            : null;
    }

    /// <summary>Whether neither time nor length differ. Any other time counts, not only a later one: a restored old file is a change too.</summary>
    public bool IsSameAs(FileStamp other) => ToString() == other.ToString();

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}\t{1}\t{2}", writeTicks, length, Path);
}
