namespace Vae.Tool;

/// <summary>
/// Cancels once a file exists. A build that starts this process cannot send it Ctrl-C on every system; a file works on all.
/// </summary>
internal sealed class CancelFile : IDisposable
{
    private readonly Timer timer;

    public CancelFile(string path, CancellationTokenSource cancellation) => timer = new Timer(
        _ =>
        {
            if (File.Exists(path))
                cancellation.Cancel();
        },
        state: null,
        TimeSpan.Zero,
        TimeSpan.FromMilliseconds(100));

    public void Dispose()
    {
        // Waits for a callback that runs, so that none touches a disposed source.
        using var stopped = new ManualResetEvent(false);
        if (timer.Dispose(stopped))
            stopped.WaitOne();
    }
}
