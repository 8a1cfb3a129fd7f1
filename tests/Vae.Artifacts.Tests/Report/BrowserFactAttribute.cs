namespace Vae.Artifacts.Tests.Report;

/// <summary>A test that needs a browser, and says so where there is none.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Program is null)
            Skip = "there is no Chromium: neither VAE_CHROMIUM nor chromium or google-chrome on the PATH";
    }
}
