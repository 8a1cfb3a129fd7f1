using System.Globalization;

namespace Vae.Bench.FirstExperiment;

/// <summary>What to measure. <c>Who</c> is empty in the process that compares, and names the contender in a process that trains.</summary>
internal sealed record Order(int Threads, int Epochs, int Rounds, string Who)
{
    public const string Usage = "usage: FirstExperiment [--threads N] [--epochs N] [--rounds N]";

    /// <summary>Reads the command line; <c>null</c> where it is none of ours.</summary>
    public static Order? Parse(string[] arguments)
    {
        Order order = new(Threads: 2, Epochs: 4, Rounds: 3, Who: "");
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
            switch (arguments[i])
            {
                case "--threads" when isCount:
                    order = order with { Threads = count };
                    break;
                case "--epochs" when isCount && count > 1:
                    order = order with { Epochs = count };
                    break;
                case "--rounds" when isCount:
                    order = order with { Rounds = count };
                    break;
                case "--who" when value is Measurement.Plain or Measurement.Vae:
                    order = order with { Who = value };
                    break;
                default:
                    return null;
            }
        }

        return order;
    }
}
