using Vae.Artifacts.Classes;

namespace Vae.Artifacts.Tests.Classes;

public class CSharpNamesTests
{
    [Theory]
    [InlineData("mnist", "Mnist")]
    [InlineData("mnist-mlp", "MnistMlp")]
    [InlineData("beta-0.5 long_run", "Beta05LongRun")]
    [InlineData("3d-shapes", "_3dShapes")]
    [InlineData("temp, °C", "TempC")]
    [InlineData("größe", "Größe")]
    [InlineData("--", "_")]
    [InlineData("", "_")]
    public void Words_become_one_name(string text, string expected)
    {
        Assert.Equal(expected, CSharpNames.Pascal(text));
        Assert.True(CSharpNames.IsIdentifier(CSharpNames.Pascal(text)));
    }

    [Theory]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app", "my_app")]
    [InlineData("3d.class", "_3d._class")]
    [InlineData("a b..c", "a_b.c")]
    [InlineData("", "")]
    public void A_projects_name_becomes_a_namespace(string text, string expected)
    {
        Assert.Equal(expected, CSharpNames.Namespace(text));
        Assert.True(CSharpNames.IsNamespace(expected));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("")]
    public void What_is_no_name_of_csharp_is_told(string text) => Assert.False(CSharpNames.IsIdentifier(text));

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.new")]
    public void What_is_no_namespace_is_told(string text) => Assert.False(CSharpNames.IsNamespace(text));
}
