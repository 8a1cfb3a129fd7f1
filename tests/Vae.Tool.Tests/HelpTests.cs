namespace Vae.Tool.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("show")]
    [InlineData("train")]
    [InlineData("watch")]
    [InlineData("sample")]
    [InlineData("encode")]
    [InlineData("decode")]
    [InlineData("reconstruct")]
    [InlineData("diff")]
    [InlineData("inspect")]
    [InlineData("report")]
    [InlineData("verify")]
    [InlineData("accept")]
    [InlineData("calibrate")]
    [InlineData("schema")]
    public void The_help_of_a_command_teaches_by_example_and_lists_the_exit_codes(string command)
    {
        Workspace.Outcome help = Workspace.Vae(command, "--help");

        Assert.Equal(ExitCode.Success, help.Code);
        Assert.Contains($"  vae {command} ", help.Out, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help.Out, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Fact]
    public void The_help_of_the_tool_names_every_command_and_a_way_to_begin()
    {
        string help = Workspace.Vae("--help").Out;

        Assert.All(["check", "show", "train", "watch", "sample", "encode", "decode", "reconstruct", "diff", "inspect", "report", "verify", "accept", "calibrate", "schema", "gc", "doctor"], command => Assert.Contains("  " + command, help, StringComparison.Ordinal));
        Assert.Contains("A first experiment:", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "x.vae.yaml", "--epohcs", "3")]
    [InlineData("train")]
    [InlineData("trian", "x.vae.yaml")]
    [InlineData("train", "x.vae.yaml", "--threads", "0")]
    [InlineData("train", "x.vae.yaml", "--checkpoint-every", "-1")]
    [InlineData("sample", "folder", "--count", "0")]
    [InlineData("calibrate", "x.vae.yaml", "--threads", "1,1")]
    [InlineData("calibrate", "x.vae.yaml", "--threads", "1,many")]
    [InlineData("calibrate", "x.vae.yaml", "--seeds", "0")]
    [InlineData("train", "x.vae.yaml", "--threads", "two")]
    [InlineData("train", "x.vae.yaml", "--device", "gpu")]
    [InlineData("sample", "folder", "--count", "many")]
    [InlineData("sample", "folder", "--count")]
    [InlineData("sample", "folder", "--output", "samples.docx")]
    [InlineData("encode", "folder", "x.npy", "--output", "codes.png")]
    [InlineData("encode", "folder", "x.npy", "--stride", "0")]
    [InlineData("encode", "folder", "x.npy", "--distribution", "--draw", "1")]
    [InlineData("decode", "folder")]
    [InlineData("decode", "folder", "codes.csv", "--code", "1,2")]
    [InlineData("decode", "folder", "--code", "1,two")]
    [InlineData("reconstruct", "folder")]
    [InlineData("diff", "a")]
    [InlineData("diff", "a", "b", "--format", "xml")]
    [InlineData("diff", "a", "b", "--tolerance", "some")]
    [InlineData("diff", "a", "b", "--fail-on", "better")]
    [InlineData("inspect")]
    public void A_command_line_that_is_not_understood_exits_with_2_and_says_so(params string[] args)
    {
        Workspace.Outcome outcome = Workspace.Vae(args);

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.StartsWith("vae: ", outcome.Error, StringComparison.Ordinal);
    }
}
