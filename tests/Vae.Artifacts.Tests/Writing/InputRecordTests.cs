using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Writing;

public class InputRecordTests
{
    private static readonly InputRecord Before = new("1", "spec", [new("labels", "a"), new("images", "b")], "cpu", 1);

    [Fact]
    public void Equal_fingerprints_are_no_change() => Assert.Empty(Before.ChangesTo(Before with { Spec = "other" }, [], []));

    [Fact]
    public void Changed_values_of_a_spec_are_named_and_many_are_counted()
    {
        InputRecord now = Before with { Fingerprint = "2", Spec = "other" };
        Origin[] was = [Value("latent.dim", "2"), Value("train.epochs", "10"), Value("train.lr", "1e-3")];

        Assert.Equal(["train.epochs is 5, it was 10"], Before.ChangesTo(now, was, [was[0], Value("train.epochs", "5"), was[2]]));
        Assert.Equal(
            ["latent.dim is 3, it was 2", "train.stop is new: 4", "train.epochs is gone, it was 10", "1 more value of the spec changed"],
            Before.ChangesTo(now, was, [Value("latent.dim", "3"), Value("train.stop", "4")]));
        Assert.Equal(["the spec changed"], Before.ChangesTo(now, [], was));
    }

    [Fact]
    public void Data_device_and_trainer_are_named()
    {
        InputRecord now = new("2", "spec", [new("images", "c"), new("times", "d")], "cuda", 2);

        Assert.Equal(
            [
                "images has other content", "labels is no longer an input", "times is a new input", "the device is cuda, it was cpu",
                "the trainer computes otherwise since version 2 of its semantics, it was 1",
            ],
            Before.ChangesTo(now, [], []));
        Assert.Equal(["images has other content"], Before.ChangesTo(Before with { Fingerprint = "2", Data = [new("labels", "a"), new("images", "b"), new("images", "e")] }, [], []));
    }

    private static Origin Value(string path, string value) => new(path, value, null, null);
}
