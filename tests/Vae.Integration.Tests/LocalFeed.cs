using System.Globalization;
using System.Xml.Linq;

namespace Vae.Integration.Tests;

/// <summary>
/// The packages of this repository, packed once for all tests of the process: a version of its own, in a folder that is gone afterwards.
/// Projects that restore from it keep them in a cache of their own too; what others publish comes from the machine's cache and sources.
/// </summary>
internal sealed class LocalFeed
{
    private static readonly Lazy<Task<LocalFeed>> Packed = new(PackAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae feed");

    private LocalFeed() => AppDomain.CurrentDomain.ProcessExit += (_, _) => _folder.Delete(recursive: true);

    /// <summary>The version of the packages, which no other run has.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture)}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Where the packages lie.</summary>
    public string Packages => Path.Combine(_folder.FullName, "packages");

    /// <summary>The cache into which the projects of the tests restore them.</summary>
    public string Cache => Path.Combine(_folder.FullName, "cache");

    /// <summary>Packs on the first call; the others wait for it.</summary>
    public static Task<LocalFeed> GetAsync() => Packed.Value;

    /// <summary>The text of a <c>NuGet.Config</c> for a throw-away solution.</summary>
    public async Task<string> ConfigurationAsync()
    {
        // The sources and the cache that the machine has, asked of the SDK itself: tests run where they are set up differently.
        XElement[] sources = [new("add", new XAttribute("key", "packed"), new XAttribute("value", Packages)), .. await SourcesAsync()];
        string machine = (await DotNet.RunAsync(Repository.Root, ["nuget", "locals", "global-packages", "--list"])).MustSucceed().Output;
        return new XElement(
            "configuration",
            new XElement("config", new XElement("add", new XAttribute("key", "globalPackagesFolder"), new XAttribute("value", Cache))),
            new XElement("packageSources", new XElement("clear"), sources),
            new XElement("fallbackPackageFolders", new XElement("add", new XAttribute("key", "machine"), new XAttribute("value", machine[(machine.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())))).ToString();
    }

    private static async Task<IEnumerable<XElement>> SourcesAsync()
    {
        // "E https://…": enabled, and its address.
        string list = (await DotNet.RunAsync(Repository.Root, ["nuget", "list", "source", "--format", "short"])).MustSucceed().Output;
        return list.Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("E ", StringComparison.Ordinal))
            .Select((line, number) => new XElement("add", new XAttribute("key", $"machine{number.ToString(CultureInfo.InvariantCulture)}"), new XAttribute("value", line[2..])));
    }

    private static async Task<LocalFeed> PackAsync()
    {
        LocalFeed feed = new();
        // The tests' own build has built everything that is packed.
        string[] pack = ["pack", Repository.PathOf("VaeDsl.sln"), "--no-build", "--no-restore", "-c", Repository.Configuration, $"-p:Version={feed.Version}", $"-p:PackageOutputPath={feed.Packages}", "-v:q"];
        (await DotNet.RunAsync(Repository.Root, [.. pack, "-nodeReuse:false", "-tl:off"])).MustSucceed();
        return feed;
    }
}
