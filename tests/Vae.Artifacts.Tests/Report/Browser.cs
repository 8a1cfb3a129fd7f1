using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vae.Artifacts.Tests.Report;

/// <summary>A Chromium without a window that is told what to do over its own protocol, on the loopback only.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly List<JsonElement> events = [];
    private string? session;
    private int last;

    private Browser(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>The program: <c>VAE_CHROMIUM</c>, or what is on the PATH; <c>null</c> where there is none.</summary>
    public static string? Program { get; } = Find();

    /// <summary>What the page said and did so far.</summary>
    public IReadOnlyList<JsonElement> Events => events;

    public static async Task<Browser> Start()
    {
        string folder = Directory.CreateTempSubdirectory("vae-browser-").FullName;
        var start = new ProcessStartInfo(Program!, ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Browser(Process.Start(start)!, folder);
        Uri address = await browser.Address();
        await browser.socket.ConnectAsync(address, Limit());
        JsonElement target = await browser.Send("Target.createTarget", new { url = "about:blank" });
        JsonElement attached = await browser.Send("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        browser.session = attached.GetProperty("sessionId").GetString();
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
            await browser.Send(domain + ".enable", new { });
        return browser;
    }

    /// <summary>Opens a file and waits until it is there.</summary>
    public async Task Open(string path)
    {
        events.Clear();
        await Send("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        while (!events.Exists(happened => happened.GetProperty("method").GetString() == "Page.loadEventFired"))
            await Receive();
    }

    /// <summary>The value of an expression.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        JsonElement answer = await Send("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return answer.TryGetProperty("exceptionDetails", out JsonElement failure)
            ? throw new InvalidOperationException(failure.ToString())
            : answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>Sends a command and waits for its answer; what happens meanwhile is kept.</summary>
    public async Task<JsonElement> Send(string method, object parameters)
    {
        int id = ++last;
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = session }, Options);
        await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, Limit());
        while (true)
        {
            JsonElement message = await Receive();
            if (!message.TryGetProperty("id", out JsonElement answered) || answered.GetInt32() != id)
                continue;
            return message.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException($"{method}: {error}") : message.GetProperty("result");
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that is not gone yet still writes into it; the system empties its temporary folder.
        }
    }

    private static JsonSerializerOptions Options { get; } = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("VAE_CHROMIUM") is { Length: > 0 } given)
            return given;
        string[] endings = OperatingSystem.IsWindows() ? [".exe"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.SelectMany(name => endings.Select(ending => Path.Combine(folder, name + ending))))
            .FirstOrDefault(File.Exists);
    }

    private async Task<Uri> Address()
    {
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(Limit()) is { } line)
        {
            said.AppendLine(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                // The pipe is read on, or the browser would wait once it is full.
                _ = process.StandardError.ReadToEndAsync();
                _ = process.StandardOutput.ReadToEndAsync();
                return new Uri(match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the browser did not start: {said}"));
    }

    private async Task<JsonElement> Receive()
    {
        byte[] buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, Limit());
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        JsonElement received = JsonDocument.Parse(message.ToArray()).RootElement;
        if (received.TryGetProperty("method", out _))
            events.Add(received);
        return received;
    }

    [GeneratedRegex(@"DevTools listening on (?<address>ws://\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
