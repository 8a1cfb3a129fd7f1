namespace Vae.Dsl.Catalogue.Layers;

internal sealed class LeakyReluKind() : ActivationKind(
    "leaky-relu",
    "x where x is positive, slope · x elsewhere.",
    [
        new Argument("slope", ArgumentType.Float, "The slope where x is negative.") { Default = 0.01, Min = 0 },
    ],
    main: "slope");
