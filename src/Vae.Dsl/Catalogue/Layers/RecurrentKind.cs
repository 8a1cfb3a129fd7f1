using System.Globalization;

namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What gru and lstm share: PyTorch's arguments, arrays and initial bounds. They differ in the number of gates.</summary>
internal abstract class RecurrentKind(string name, string summary, int gates) : LayerKind(
    name,
    summary,
    [
        new Argument("hidden", ArgumentType.Int, "How many features the state of one direction has.") { Required = true, AllowsAuto = true, Min = 1, Max = Window.MaxSize },
        new Argument("layers", ArgumentType.Int, "How many of them are stacked.") { Default = 1, Min = 1, Max = MaxLayers },
        new Argument("bidirectional", ArgumentType.Bool, "Whether a second one reads the series backwards; its features follow the first's.") { Default = false },
        new Argument("bias", ArgumentType.Bool, "Whether numbers are added in the gates.") { Default = true },
        new Argument("dropout", ArgumentType.Float, "The probability of a 0 between stacked layers while training.") { Default = 0.0, Min = 0, Max = 1 },
        new Argument("return", ArgumentType.Text, "sequence for the state at every step, [T,H]; last for the final one, [H]: the forward direction's at the last step, the backward one's at the first.")
        {
            Default = "sequence",
            Choices = ["sequence", "last"],
        },
    ],
    main: "hidden")
{
    private const int MaxLayers = 100;

    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (input.Rank != 2)
        {
            string advice = input.Rank == 1 ? "; put 'repeat: T' or 'reshape: [T, F]' before it" : "";
            return ShapeResult.Fail($"{Name} works on series [T,F], not on {input}{advice}");
        }

        int features = arguments.Int("hidden") * Directions(arguments);
        return ShapeResult.Of(arguments.Text("return") == "last" ? [features] : [input[0], features]);
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        int hidden = arguments.Int("hidden"), directions = Directions(arguments);
        // PyTorch's bound for all of them, whatever their fan-in.
        var initializer = Initializer.FanIn(hidden);
        for (int layer = 0; layer < arguments.Int("layers"); layer++)
        {
            int features = layer == 0 ? input[1] : hidden * directions;
            for (int direction = 0; direction < directions; direction++)
            {
                string suffix = "_l" + layer.ToString(CultureInfo.InvariantCulture) + (direction == 0 ? "" : "_reverse");
                yield return new WeightDefinition("weight_ih" + suffix, [gates * hidden, features], initializer);
                yield return new WeightDefinition("weight_hh" + suffix, [gates * hidden, hidden], initializer);
                if (!arguments.Flag("bias"))
                    continue;
                yield return new WeightDefinition("bias_ih" + suffix, [gates * hidden], initializer);
                yield return new WeightDefinition("bias_hh" + suffix, [gates * hidden], initializer);
            }
        }
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target)
    {
        int rank = arguments.Text("return") == "last" ? 1 : 2;
        return arguments.IsAuto("hidden") && target.Rank == rank && target[^1] > 0 && target[^1] % Directions(arguments) == 0
            ? arguments.With("hidden", target[^1] / Directions(arguments))
            : arguments;
    }

    // A state for every step: so many steps must come in, of any features.
    public override Shape Before(Arguments arguments, Shape target) =>
        target.Rank == 2 && arguments.Text("return") == "sequence" ? [target[0], 0] : [];

    private static int Directions(Arguments arguments) => arguments.Flag("bidirectional") ? 2 : 1;
}
