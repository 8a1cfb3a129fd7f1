namespace Vae.Tool;

/// <summary>What the process returns; the help page and the docs list the same numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing had to be done.</summary>
    public const int Success = 0;

    /// <summary>Errors were reported: in the spec, the data, the training, a check or the machine.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C, SIGTERM or the cancel file: 128 + SIGINT, as shells count.</summary>
    public const int Cancelled = 130;
}
