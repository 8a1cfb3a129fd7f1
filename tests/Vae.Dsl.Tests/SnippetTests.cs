namespace Vae.Dsl.Tests;

/// <summary>Code on a page is a part of a script that CI compiles and runs, word for word but for the indentation of the whole.</summary>
public class SnippetTests
{
    [Theory]
    [InlineData("docs/scripts.md", 10)]
    [InlineData("docs/language.md", 1)]
    public void Code_on_a_page_is_part_of_a_script(string page, int atLeast)
    {
        string[] scripts = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "scripts"), "*.*").Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".fsx", StringComparison.Ordinal)).Select(file => "\n" + File.ReadAllText(file))];
        string[] snippets = [.. Snippets(File.ReadAllText(Path.Combine(Repository.Root, page)))];

        Assert.True(snippets.Length >= atLeast, $"{page} has lost its code");
        Assert.All(snippets, snippet => Assert.True(scripts.Any(script => script.Contains("\n" + snippet, StringComparison.Ordinal)), $"no script has these lines:\n{snippet}"));
    }

    private static IEnumerable<string> Snippets(string page) => page.Split("\n```").Where(part => part.StartsWith("csharp\n", StringComparison.Ordinal) || part.StartsWith("fsharp\n", StringComparison.Ordinal)).Select(part => part["csharp\n".Length..] + "\n");
}
