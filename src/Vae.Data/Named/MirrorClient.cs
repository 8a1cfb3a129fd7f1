using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Named;

/// <summary>
/// Downloads files that are known by their digest. What is here of a cut download stays in a <c>.part</c> file and is gone on with,
/// even by a later process; only a file with the right digest gets its name.
/// </summary>
internal sealed class MirrorClient : IDisposable
{
    /// <summary>Connections to one mirror for one file.</summary>
    private const int MostAttempts = 5;

    /// <summary>How much longer than its content a packed file may be.</summary>
    private const long PackingOverhead = 1 << 20;

    private readonly IProgress<DownloadProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly TimeSpan patience;
    private readonly HttpClient direct;
    private readonly HttpClient usual;

    /// <summary>Creates a client that gives up a mirror which sends nothing for <paramref name="patience"/>.</summary>
    public MirrorClient(IProgress<DownloadProgress>? progress, TimeSpan patience, CancellationToken cancellation)
    {
        this.progress = progress;
        this.cancellation = cancellation;
        this.patience = patience;
        direct = Client(useProxy: false);
        usual = Client(useProxy: true);
    }

    /// <summary>Downloads <paramref name="file"/> to <paramref name="path"/>, or says why that mirror cannot give it.</summary>
    public bool TryDownload(Uri address, NamedFile file, string path, out string fault)
    {
        string part = path + ".part";
        fault = "";
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            long before = LengthOf(part);
            try
            {
                // A build tool has no synchronization context that this could block.
                Transfer(address, file, part).GetAwaiter().GetResult();
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && before > 0)
            {
                File.Delete(part);
                continue;
            }
            catch (HttpRequestException e) when (e.StatusCode is not null)
            {
                fault = string.Create(CultureInfo.InvariantCulture, $"the server answers {(int)e.StatusCode} {e.StatusCode}");
                return false;
            }
            catch (TransferException e)
            {
                fault = e.Message;
                if (LengthOf(part) > MostBytes(file))
                    File.Delete(part);
                if (LengthOf(part) <= before)
                    return false;
                continue;
            }

            if (HasDigest(part, file, out fault))
            {
                File.Move(part, path, overwrite: true);
                return true;
            }

            File.Delete(part);

            // The beginning may have come from another mirror or another day: one whole download tells.
            if (before == 0)
                return false;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        direct.Dispose();
        usual.Dispose();
    }

    private HttpClient Client(bool useProxy)
    {
        HttpClient client = new(new SocketsHttpHandler { UseProxy = useProxy, ConnectTimeout = patience }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("vae", null));
        return client;
    }

    private static long MostBytes(NamedFile file) => file.Length + PackingOverhead;

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private bool HasDigest(string path, NamedFile file, out string fault)
    {
        try
        {
            string digest = DataFile.DigestOf(path, cancellation, file.Length).Sha256;
            fault = $"the SHA-256 of the content is {digest}, it must be {file.Sha256}";
            return digest == file.Sha256;
        }
        catch (VaeException e)
        {
            fault = "the content is not the file that is due: " + e.Diagnostics[0].Message;
            return false;
        }
    }

    /// <summary>One connection: appends to <paramref name="part"/> what is missing, or writes it anew where the server gives it only whole.</summary>
    private async Task Transfer(Uri address, NamedFile file, string part)
    {
        using CancellationTokenSource stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stalled.CancelAfter(patience);
        try
        {
            long here = LengthOf(part);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (here > 0)
                request.Headers.Range = new RangeHeaderValue(here, null);
            // A proxy could not reach this machine.
            HttpClient client = address.IsLoopback ? direct : usual;
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token);
            response.EnsureSuccessStatusCode();
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != here)
                here = 0;
            long? total = response.Content.Headers.ContentLength + here;
            using Stream body = await response.Content.ReadAsStreamAsync(stalled.Token);
            using FileStream target = new(part, here > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
            byte[] buffer = new byte[1 << 16];
            progress?.Report(new DownloadProgress(file.Name, address, here, total));
            while (true)
            {
                stalled.CancelAfter(patience);
                int got = await Receive(body, buffer, stalled.Token);
                if (got == 0)
                    break;
                await target.WriteAsync(buffer.AsMemory(0, got), cancellation);
                here += got;
                progress?.Report(new DownloadProgress(file.Name, address, here, total));
                if (here > MostBytes(file))
                    throw new TransferException("the server sends more than the file can hold");
            }

            if (here < total)
                throw new TransferException(string.Create(CultureInfo.InvariantCulture, $"the connection was cut after {here} of {total} bytes"));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException(string.Create(CultureInfo.InvariantCulture, $"nothing came for {patience.TotalSeconds} seconds"), e);
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            throw new TransferException(e.Message, e);
        }
    }

    /// <summary>A fault of the network; one of the disk is none, and goes its own way.</summary>
    private static async Task<int> Receive(Stream body, byte[] buffer, CancellationToken token)
    {
        try
        {
            return await body.ReadAsync(buffer, token);
        }
        catch (IOException e)
        {
            throw new TransferException("the connection was cut: " + e.Message, e);
        }
    }

    /// <summary>A connection that ended before the file did.</summary>
    private sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner);
}
