namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What the convolutions of a series share: their arguments, and which axis is which.</summary>
internal static class SeriesWindow
{
    /// <summary>
    /// A series has two axes and no mark on them. Data windows and recurrent layers are [T,F], PyTorch's convolutions read [C,T];
    /// nothing here guesses which is meant.
    /// </summary>
    public static Argument ChannelsLast { get; } = new("channels-last", ArgumentType.Bool, "Whether a series is [T,F], as data windows, gru and lstm have it, and not [C,T], as PyTorch's convolutions have it.") { Default = false };

    public static Argument Kernel { get; } = new("kernel", ArgumentType.Int, "How many steps the window spans.") { Required = true, Min = 1, Max = Window.MaxStep };

    public static Argument Stride { get; } = new("stride", ArgumentType.Int, "How far the window moves.") { Default = 1, Min = 1, Max = Window.MaxStep };

    public static Argument Padding { get; } = new("padding", ArgumentType.Int, "Zeros added at each end.") { Default = 0, Min = 0, Max = Window.MaxStep };

    public static Argument OutputPadding { get; } = new("output-padding", ArgumentType.Int, "Steps added at the end of the result.") { Default = 0, Min = 0, Max = Window.MaxStep };

    public static Argument Dilation { get; } = new("dilation", ArgumentType.Int, "Distance between the kernel's elements.") { Default = 1, Min = 1, Max = Window.MaxStep };

    /// <summary>Whether the channels are the last axis.</summary>
    public static bool IsLast(Arguments arguments) => arguments.TryGetValue(ChannelsLast.Name, out object? last) && last is true;

    /// <summary>Channels and steps of a series.</summary>
    public static (int Channels, int Steps) Split(Arguments arguments, Shape series) =>
        IsLast(arguments) ? (series[1], series[0]) : (series[0], series[1]);

    /// <summary>A series of so many channels and steps.</summary>
    public static Shape Join(Arguments arguments, int channels, int steps) => IsLast(arguments) ? [steps, channels] : [channels, steps];

    /// <summary>How a message says what was read: <c>[96,3], read as 96 channels of 3 steps</c>.</summary>
    public static string Describe(Arguments arguments, Shape series)
    {
        (int channels, int steps) = Split(arguments, series);
        return $"{series}, read as {channels} channels of {steps} steps";
    }

    /// <summary>What to write where the other axis was meant.</summary>
    public static string Otherwise(Arguments arguments) =>
        IsLast(arguments) ? "for a series [C,T] leave 'channels-last' out" : "for a series [T,F] write 'channels-last: true'";

    /// <summary>Why <paramref name="kind"/> cannot work on <paramref name="input"/>, or <c>null</c>.</summary>
    public static string? RefuseNoSeries(string kind, Arguments arguments, Shape input)
    {
        string axes = IsLast(arguments) ? "[T,F]" : "[C,T]";
        return input.Rank switch
        {
            2 => null,
            1 => $"{kind} works on series {axes}, not on {input}; put 'reshape: {axes.Replace(",", ", ", StringComparison.Ordinal)}' before it",
            _ => $"{kind} works on series {axes}, not on {input}",
        };
    }
}
