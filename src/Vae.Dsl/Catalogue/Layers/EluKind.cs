namespace Vae.Dsl.Catalogue.Layers;

internal sealed class EluKind() : ActivationKind(
    "elu",
    "x where x is positive, alpha · (exp(x) − 1) elsewhere: Clevert et al. 2016, arXiv:1511.07289.",
    [
        new Argument("alpha", ArgumentType.Float, "What −y tends to where x is very negative.") { Default = 1.0, Min = 0, MinExclusive = true },
    ],
    main: "alpha");
