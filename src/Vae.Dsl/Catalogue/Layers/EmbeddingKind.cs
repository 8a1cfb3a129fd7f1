namespace Vae.Dsl.Catalogue.Layers;

internal sealed class EmbeddingKind() : LayerKind(
    "embedding",
    "A trained vector for each whole number: [T] becomes [T,dim]. It reads the data itself, so it is the encoder's first layer.",
    [
        new Argument("num", ArgumentType.Int, "How many vectors there are; the data holds whole numbers from 0 to num − 1.") { Required = true, Min = 1, Max = Window.MaxSize },
        new Argument("dim", ArgumentType.Int, "How many features a vector has.") { Required = true, Min = 1, Max = Window.MaxSize },
    ])
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => input.Rank == 1
        ? ShapeResult.Of([input[0], arguments.Int("dim")])
        : ShapeResult.Fail($"embedding works on whole numbers [T], not on {input}; put 'flatten' before it");

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input) =>
        [new WeightDefinition("weight", [arguments.Int("num"), arguments.Int("dim")], new Initializer.Normal(1))];
}
