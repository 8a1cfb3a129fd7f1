using System.Text.Json;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Report;
using Vae.Artifacts.Tests.Plots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Report;

/// <summary>The page as a reader meets it. One browser opens one page, and each view of it is looked at in turn.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [BrowserFact]
    public async Task The_report_says_no_error_asks_for_nothing_overflows_nowhere_and_shows_every_plot()
    {
        Directory.CreateDirectory(temporary.Path);
        string path = temporary.At("report.html");
        await File.WriteAllTextAsync(path, Page());
        await using Browser browser = await Browser.Start();
        foreach (int width in new[] { 1280, 390 })
        {
            await browser.Send("Emulation.setDeviceMetricsOverride", new { width, height = 800, deviceScaleFactor = 1, mobile = width < 600 });
            await browser.Open(path);
            await NothingOverflows(browser, width);
            await EveryPlotShows(browser);
        }

        await TheValueUnderThePointerShows(browser, 390);
        await TheKeyboardReachesEverything(browser);
        await TheReadersColoursAreTaken(browser);
        await PrintHasAllOfIt(browser);
        IsQuiet(browser);
    }

    private static async Task NothingOverflows(Browser browser, int width)
    {
        Assert.Equal(width, (await browser.Evaluate("document.documentElement.scrollWidth")).GetInt32());

        // What is wider scrolls inside of a frame of its own.
        JsonElement wide = await browser.Evaluate("""
            [...document.querySelectorAll('body *')]
              .filter(e => !e.closest('.wide, .picture, pre, svg, .skip, #hint') && e.getBoundingClientRect().right > innerWidth + 0.5)
              .map(e => e.tagName + '.' + e.className)
            """);
        Assert.Equal("[]", wide.ToString());
    }

    private static async Task EveryPlotShows(Browser browser)
    {
        JsonElement hidden = await browser.Evaluate("""
            [...document.querySelectorAll('figure')]
              .filter(figure => { const svg = figure.querySelector('svg'); const box = svg.getBoundingClientRect(); return !svg.checkVisibility() || box.width < 250 || box.height < 150; })
              .map(figure => figure.id)
            """);
        Assert.Equal("[]", hidden.ToString());
        Assert.Equal(PlotTable.All.Count + 1, (await browser.Evaluate("document.querySelectorAll('figure').length")).GetInt32());
        JsonElement broken = await browser.Evaluate("""
            (async () => {
              const hrefs = [...document.querySelectorAll('svg image')].map(image => image.getAttribute('href'));
              const results = await Promise.allSettled(hrefs.map(href => { const image = new Image(); image.src = href; return image.decode(); }));
              return [hrefs.length, results.filter(result => result.status === 'rejected').length];
            })()
            """);
        Assert.True(broken[0].GetInt32() > 5, "there are no pictures");
        Assert.Equal(0, broken[1].GetInt32());
    }

    private static async Task TheValueUnderThePointerShows(Browser browser, int width)
    {
        JsonElement place = await browser.Evaluate("""
            (() => { const e = document.querySelector('#loss .hint'); e.scrollIntoView({block: 'center'}); const box = e.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; })()
            """);
        await browser.Send("Input.dispatchMouseEvent", new { type = "mouseMoved", x = place[0].GetDouble(), y = place[1].GetDouble() });
        JsonElement hint = await browser.Evaluate("(() => { const e = document.getElementById('hint'), box = e.getBoundingClientRect(); return [e.checkVisibility(), e.textContent, box.left, box.right]; })()");
        Assert.True(hint[0].GetBoolean());
        Assert.StartsWith("epoch 1\ntotal: ", hint[1].GetString(), StringComparison.Ordinal);
        Assert.InRange(hint[2].GetDouble(), 0, width);
        Assert.InRange(hint[3].GetDouble(), 0, width);
        await browser.Send("Input.dispatchMouseEvent", new { type = "mouseMoved", x = 5, y = 5 });
        Assert.False((await browser.Evaluate("document.getElementById('hint').checkVisibility()")).GetBoolean());
    }

    private static async Task TheKeyboardReachesEverything(Browser browser)
    {
        await browser.Evaluate("document.activeElement.blur(), scrollTo(0, 0)");
        await Press(browser, "Tab");
        Assert.Equal("skip", (await browser.Evaluate("document.activeElement.className")).GetString());
        Assert.True((await browser.Evaluate("document.activeElement.getBoundingClientRect().top >= 0")).GetBoolean());

        // Whatever scrolls can be reached, and says what it is.
        JsonElement silent = await browser.Evaluate("""
            [...document.querySelectorAll('.wide, .picture, pre')].filter(e => e.tabIndex !== 0 || e.matches('.wide') && !e.getAttribute('aria-label')).length
            """);
        Assert.Equal(0, silent.GetInt32());
    }

    private static async Task TheReadersColoursAreTaken(Browser browser)
    {
        foreach ((string scheme, string paper) in new[] { ("light", "rgb(245, 246, 248)"), ("dark", "rgb(13, 16, 22)") })
        {
            await browser.Send("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });
            Assert.Equal(paper, (await browser.Evaluate("getComputedStyle(document.body).backgroundColor")).GetString());

            // Every text stands out from its ground by the 4.5 to 1 of WCAG 2.2.
            JsonElement faint = await browser.Evaluate("""
                (() => {
                  const light = rgb => { const [r, g, b] = rgb.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
                  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c) && c !== 'transparent') return c; } return 'rgb(255, 255, 255)'; };
                  return [...document.querySelectorAll('h1, h2, h3, p, a, dt, dd, th, td, .pill, .what, .value, .unit, figcaption, summary, .hash, .code, footer')].filter(e => e.checkVisibility()).filter(e => {
                    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
                    return (a + 0.05) / (b + 0.05) < 4.5;
                  }).map(e => e.className + ' ' + e.textContent.slice(0, 30));
                })()
                """);
            Assert.Equal("[]", faint.ToString());
        }
    }

    private static async Task PrintHasAllOfIt(Browser browser)
    {
        await browser.Send("Emulation.setEmulatedMedia", new { media = "print", features = new[] { new { name = "prefers-color-scheme", value = "dark" } } });
        Assert.Equal("rgb(255, 255, 255)", (await browser.Evaluate("getComputedStyle(document.body).backgroundColor")).GetString());
        Assert.False((await browser.Evaluate("document.querySelector('nav').checkVisibility()")).GetBoolean());
        Assert.Equal(0, (await browser.Evaluate("[...document.querySelectorAll('figure svg')].filter(svg => !svg.checkVisibility()).length")).GetInt32());
        await browser.Send("Emulation.setDeviceMetricsOverride", new { width = 720, height = 1000, deviceScaleFactor = 1, mobile = false });
        Assert.Equal(720, (await browser.Evaluate("document.documentElement.scrollWidth")).GetInt32());

        // The resolved spec is on it, and is as it was afterwards.
        JsonElement shown = await browser.Evaluate("""
            ['beforeprint', 'afterprint'].map(name => { dispatchEvent(new Event(name)); return document.querySelector('#spec pre').checkVisibility(); })
            """);
        Assert.Equal("[true,false]", shown.ToString());
    }

    private static void IsQuiet(Browser browser)
    {
        foreach (JsonElement happened in browser.Events)
        {
            string method = happened.GetProperty("method").GetString()!;
            Assert.False(method is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded", happened.ToString());
            if (method == "Network.requestWillBeSent")
                Assert.Matches("^(file|data):", happened.GetProperty("params").GetProperty("request").GetProperty("url").GetString());
        }
    }

    private static async Task Press(Browser browser, string key)
    {
        await browser.Send("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key, windowsVirtualKeyCode = 9 });
        await browser.Send("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = 9 });
    }

    /// <summary>A page with all that it can have.</summary>
    private static string Page()
    {
        Component[] plots = [.. PlotTable.All.Where(plot => plot.Kind != "series-reconstructions").Select(plot => FakeResults.Plot(plot.Kind, plot.Kind == "reconstructions" ? [("worst", 10)] : []))];
        TrainingResult result = FakeResults.Of(FakeResults.Spec(
            new DataSpec { Dataset = "mnist", Shape = [784] }, 6, "a-name-that-is-longer-than-most-and-must-be-broken", weight: new WeightSpec.Ramp(0, 1, 10, TimeUnit.Epochs), plots: plots), 30, validation: true);
        Component series = FakeResults.Plot("series-reconstructions");
        List<DrawnPlot> drawn = [.. plots.Select(plot => new DrawnPlot(plot.Kind, plot, PlotTable.Get(plot.Kind).Draw(plot, result)))];
        drawn.Add(new DrawnPlot(series.Kind, series, PlotTable.Get(series.Kind).Draw(series, FakeResults.For(series))));
        var context = new ReportContext
        {
            Files = ["own.vae.yaml", "base.vae.yaml"],
            Origins = [.. Enumerable.Range(1, 20).Select(i => new Origin($"encoder.{i}.conv-transpose2d.output-padding", "a-value-that-is-long-and-has-no-place-to-break", new Location("own.vae.yaml", i, 1), "parameter"))],
            Base = [new Origin("train.lr", "1", null, null)],
            Verified = result.Curve with { Rows = [.. result.Curve.Rows.Select(row => row.Select((value, i) => i == 0 ? value : value * 1.02).ToArray())] },
        };
        Finding[] findings =
        [
            new(DiagnosticTable.Findings.PosteriorCollapse, "loss.kl", "The posterior has collapsed: " + new string('x', 60), "Lower the weight of the KL."),
            new(DiagnosticTable.Findings.InactiveUnits, "latent.dim", "3 of 6 latent dimensions are active.", "Nothing needs to be done."),
        ];
        return HtmlReport.Write(ReportContent.Of(result, drawn, findings, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["plots/a-file-with-a-long-name.svg"] = [1] }, context));
    }
}
