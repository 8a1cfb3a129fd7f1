using System.Diagnostics;
using System.Globalization;

namespace Vae.Bench.FirstExperiment;

/// <summary>What one training in a process of its own took.</summary>
/// <param name="EpochSeconds">Wall time of each epoch; the first holds the warm-up.</param>
/// <param name="LastLoss">The mean training loss of the last epoch.</param>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
internal sealed record Measurement(IReadOnlyList<double> EpochSeconds, double LastLoss, long PeakBytes)
{
    public const string Plain = "plain";
    public const string Vae = "vae";

    /// <summary>Trains in a child process, so that memory and the allocator's state are one contender's alone.</summary>
    public static Measurement InChild(Order order, string who)
    {
        string[] arguments =
        [
            "exec", typeof(Measurement).Assembly.Location,
            "--who", who,
            "--threads", Text(order.Threads),
            "--epochs", Text(order.Epochs),
        ];
        ProcessStartInfo start = new("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{who}' ended with {process.ExitCode}:\n{output}");
        double[] numbers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ').Select(Number)];
        return new(numbers[2..], numbers[0], (long)numbers[1]);
    }

    /// <summary>The line that <see cref="InChild"/> reads.</summary>
    public string ToLine() => string.Join(' ', [Text(LastLoss), Text(PeakBytes), .. EpochSeconds.Select(seconds => Text(seconds))]);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
