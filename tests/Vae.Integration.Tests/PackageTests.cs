using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Vae.Integration.Tests;

/// <summary>
/// What is in the packages, as they are packed. After a wanted change:
/// <c>VAE_UPDATE_DOCS=1 dotnet test tests/Vae.Integration.Tests --filter PackageTests</c>.
/// </summary>
public sealed class PackageTests
{
    private static readonly string[] Text = [".json", ".props", ".targets", ".nuspec", ".xml", ".md", ".config", ".txt"];

    [Fact]
    public async Task Each_package_holds_exactly_the_files_that_are_written_down()
    {
        LocalFeed feed = await LocalFeed.GetAsync();
        List<string> entries = [];
        foreach (string path in Directory.EnumerateFiles(feed.Packages).Order(StringComparer.Ordinal))
        {
            using ZipArchive package = await ZipFile.OpenReadAsync(path);
            string name = Path.GetFileName(path).Replace($".{feed.Version}.nupkg", "", StringComparison.Ordinal);
            entries.AddRange(package.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal).Select(entry => $"{name}: {entry}"));
        }

        string received = string.Join("\n", entries) + "\n";
        string list = Repository.PathOf("tests", "Vae.Integration.Tests", "packages.txt");
        if (Environment.GetEnvironmentVariable("VAE_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(list, received);
        Assert.Equal((await File.ReadAllTextAsync(list)).ReplaceLineEndings("\n"), received);
    }

    [Fact]
    public async Task Every_package_has_readme_licence_and_notices_and_no_path_of_the_machine_that_packed_it()
    {
        LocalFeed feed = await LocalFeed.GetAsync();
        foreach (string path in Directory.EnumerateFiles(feed.Packages))
        {
            using ZipArchive package = await ZipFile.OpenReadAsync(path);
            XElement metadata = XDocument.Load(await package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync()).Root!.Elements().First();
            string Of(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

            Assert.Equal("MIT", Of("license"));
            Assert.NotEqual("", Of("description"));
            Assert.Equal("", Of("developmentDependency"));
            Assert.StartsWith("# ", await ReadAsync(package.GetEntry(Of("readme"))!), StringComparison.Ordinal);
            Assert.All(["LICENSE", "THIRD-PARTY-NOTICES.md"], name => Assert.NotNull(package.GetEntry(name)));
            foreach (ZipArchiveEntry entry in package.Entries.Where(entry => Text.Contains(Path.GetExtension(entry.FullName))))
                Assert.False((await ReadAsync(entry)).Contains(Repository.Root, StringComparison.Ordinal), $"{entry.FullName} of {Path.GetFileName(path)} names {Repository.Root}");
        }
    }

    [Fact]
    public async Task The_assemblies_are_deterministic_and_carry_their_symbols()
    {
        LocalFeed feed = await LocalFeed.GetAsync();
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(feed.Packages))
        {
            using ZipArchive package = await ZipFile.OpenReadAsync(path);
            foreach (ZipArchiveEntry entry in package.Entries.Where(entry => entry.Name is "vae.dll" || (entry.Name.StartsWith("Vae.", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal))))
            {
                using MemoryStream bytes = new();
                await using (Stream stream = await entry.OpenAsync())
                    await stream.CopyToAsync(bytes);
                bytes.Position = 0;
                using PEReader assembly = new(bytes);
                DebugDirectoryEntryType[] kinds = [.. assembly.ReadDebugDirectory().Select(data => data.Type)];
                Assert.Contains(DebugDirectoryEntryType.Reproducible, kinds);
                Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, kinds);
                count++;
            }
        }

        Assert.True(count >= 15, $"only {count} assemblies were looked at");
    }

    // Written by the packer itself, with names that differ each time.
    private static bool IsOurs(string entry) => !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml";

    private static async Task<string> ReadAsync(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(await entry.OpenAsync());
        return await reader.ReadToEndAsync();
    }
}
