using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vae.Data.Tests;

/// <summary>A web server on loopback that can also lie and hang up in the middle.</summary>
internal sealed class MirrorServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public MirrorServer()
    {
        listener.Start();
        _ = Serve();
    }

    /// <summary>What is served, by the name behind the slash.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>After how many bytes of a body the connection is cut, once for each entry.</summary>
    public ConcurrentQueue<int> Cuts { get; } = new();

    /// <summary>Whether ranges are honoured.</summary>
    public bool Ranges { get; set; } = true;

    /// <summary>Each request: its file's name and the start of its range.</summary>
    public ConcurrentQueue<(string Name, long From)> Requests { get; } = new();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                using NetworkStream stream = client.GetStream();
                try
                {
                    await Answer(stream);
                }
                catch (IOException)
                {
                    // The client hung up; the next one may not.
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string name = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1)?.TrimStart('/') ?? "";
        int from = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (Ranges && line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = int.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        Requests.Enqueue((name, from));
        bool found = Files.TryGetValue(name, out byte[]? content);
        byte[] body = !found ? [] : from >= content!.Length ? [] : content[from..];
        string status = !found ? "404 Not Found" : from > 0 && body.Length == 0 ? "416 Range Not Satisfiable" : from > 0 ? "206 Partial Content" : "200 OK";
        string range = from > 0 && body.Length > 0 ? $"Content-Range: bytes {from}-{content!.Length - 1}/{content.Length}\r\n" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n"));
        int length = found && Cuts.TryDequeue(out int cut) ? Math.Min(cut, body.Length) : body.Length;
        await stream.WriteAsync(body.AsMemory(0, length));
    }
}
