namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What convolutions and pools share: their arguments, and the arithmetic of a window that slides over an image.</summary>
internal static class Window
{
    /// <summary>No axis of a layer's argument may be larger: 2²⁰.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>No kernel, stride, padding or dilation may be larger.</summary>
    public const int MaxStep = 4096;

    public static Argument Kernel { get; } = new("kernel", ArgumentType.Pair, "Height and width of the window.") { Required = true, Min = 1, Max = MaxStep };

    public static Argument Stride { get; } = new("stride", ArgumentType.Pair, "How far the window moves.") { Default = new Shape(1, 1), Min = 1, Max = MaxStep };

    /// <summary>A pool's windows touch but do not overlap unless the spec says so, as in PyTorch.</summary>
    public static Argument PoolStride { get; } = new("stride", ArgumentType.Pair, "How far the window moves; auto means the kernel's own size.")
    {
        Default = Auto.Value,
        AllowsAuto = true,
        Min = 1,
        Max = MaxStep,
    };

    public static Argument Padding { get; } = new("padding", ArgumentType.Pair, "Zeros added at each side.") { Default = new Shape(0, 0), Min = 0, Max = MaxStep };

    public static Argument OutputPadding { get; } = new("output-padding", ArgumentType.Pair, "Rows and columns added at the bottom and right of the result.")
    {
        Default = new Shape(0, 0),
        Min = 0,
        Max = MaxStep,
    };

    public static Argument Dilation { get; } = new("dilation", ArgumentType.Pair, "Distance between the kernel's elements.") { Default = new Shape(1, 1), Min = 1, Max = MaxStep };

    public static Argument OutChannels { get; } = new("out", ArgumentType.Int, "How many channels come out.") { Required = true, AllowsAuto = true, Min = 1, Max = MaxSize };

    public static Argument Groups { get; } = new("groups", ArgumentType.Int, "Into how many independent groups the channels are cut.") { Default = 1, Min = 1, Max = MaxSize };

    public static Argument Bias { get; } = new("bias", ArgumentType.Bool, "Whether a number is added to each channel.") { Default = true };

    /// <summary>Why <paramref name="kind"/> cannot work on <paramref name="input"/>, or <c>null</c>.</summary>
    public static string? RefuseNoImage(string kind, Shape input) => input.Rank switch
    {
        3 => null,
        1 => $"{kind} works on images [C,H,W], not on {input}; put 'reshape: [C, H, W]' before it",
        _ => $"{kind} works on images [C,H,W], not on {input}",
    };

    /// <summary>Why the channels cannot be cut into so many groups, or <c>null</c>.</summary>
    public static string? RefuseGroups(string kind, int groups, int input, int output) =>
        input % groups == 0 && output % groups == 0
            ? null
            : $"{kind} cuts {input} channels in and {output} out into {groups} groups, which does not come out even; choose 'groups' that divides both";

    /// <summary>Positions of a window along one axis: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1; not positive where it does not fit.</summary>
    public static long Positions(int size, int kernel, int stride, int padding, int dilation = 1)
    {
        long room = size + (2L * padding) - ((long)dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }

    /// <summary>The size that a transposed convolution gives along one axis: (size − 1)·stride − 2·padding + dilation·(kernel − 1) + added + 1.</summary>
    public static long Unslide(int size, int kernel, int stride, int padding, int dilation, int added) =>
        ((size - 1L) * stride) - (2L * padding) + ((long)dilation * (kernel - 1)) + added + 1;

    /// <summary>The result of a sliding window over an image, or why it does not fit.</summary>
    public static ShapeResult Slide(string kind, int channels, Shape input, Pair kernel, Pair stride, Pair padding, Pair dilation)
    {
        long height = Positions(input[1], kernel.Height, stride.Height, padding.Height, dilation.Height);
        long width = Positions(input[2], kernel.Width, stride.Width, padding.Width, dilation.Width);
        return height < 1 || width < 1
            ? ShapeResult.Fail($"the window of {kind} ({kernel.Height}×{kernel.Width}) is larger than the padded image {input}; use a smaller 'kernel' or more 'padding'")
            : ShapeResult.Of([channels, (int)height, (int)width]);
    }
}
