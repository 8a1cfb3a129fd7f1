namespace Vae.Integration.Tests;

/// <summary>How a command ended and all that it wrote.</summary>
internal sealed record DotNetResult(int ExitCode, string Output)
{
    public DotNetResult MustSucceed()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public DotNetResult MustFail()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }

    public DotNetResult MustSay(string text)
    {
        Assert.Contains(text, Output, StringComparison.Ordinal);
        return this;
    }
}
