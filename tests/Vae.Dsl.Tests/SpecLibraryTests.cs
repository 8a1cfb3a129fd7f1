namespace Vae.Dsl.Tests;

/// <summary>The specs that are published: each is right, says what it shows, and is listed.</summary>
public class SpecLibraryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "specs");

    public static TheoryData<string> Specs =>
        [.. Repository.Specs.Where(path => path.StartsWith("specs/", StringComparison.Ordinal)).Select(path => path["specs/".Length..])];

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_spec_is_right_and_called_as_its_file(string path)
    {
        string file = Path.Combine(Folder, path);
        SpecLoadResult loaded = SpecLoader.Load(file, new SpecLoadOptions());

        Assert.Empty(loaded.Diagnostics);
        Assert.True(loaded.Spec is not null || loaded.AbstractAt is not null);
        string name = Path.GetFileName(path)[..^".vae.yaml".Length];
        Assert.Contains($"\nname: {name}\n", File.ReadAllText(file).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_spec_begins_with_the_schema_and_with_what_it_shows(string path)
    {
        string[] head = [.. File.ReadLines(Path.Combine(Folder, path)).TakeWhile(line => line.StartsWith('#'))];
        string schema = path.Contains('/', StringComparison.Ordinal) ? "../vae.schema.json" : "vae.schema.json";

        Assert.Equal("# yaml-language-server: $schema=" + schema, head[0]);
        Assert.True(head.Length > 2, "there are no two lines that say what it shows");
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_spec_is_listed(string path) =>
        Assert.Contains($"[`{path}`]({path})", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
}
