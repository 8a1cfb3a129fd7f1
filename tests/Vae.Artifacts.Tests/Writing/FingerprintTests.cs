using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Writing;

public class FingerprintTests
{
    private static readonly DataFileDigest[] Data = [new("a", "11"), new("b", "22")];

    [Fact]
    public void Equal_inputs_have_equal_fingerprints_whatever_the_order_of_the_files()
    {
        string fingerprint = Fingerprint.Of(Specs.Tiny(), Data, "cpu", 1);
        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
        Assert.Equal(fingerprint, Fingerprint.Of(Specs.Tiny(), [Data[1], Data[0]], "cpu", 1));
    }

    [Fact]
    public void Every_input_counts()
    {
        Spec spec = Specs.Tiny();
        string[] fingerprints =
        [
            Fingerprint.Of(spec, Data, "cpu", 1),
            Fingerprint.Of(spec with { Name = "other" }, Data, "cpu", 1),
            Fingerprint.Of(spec with { Train = spec.Train with { Seed = 43 } }, Data, "cpu", 1),
            Fingerprint.Of(spec, [Data[0]], "cpu", 1),
            Fingerprint.Of(spec, [Data[0], new("b", "23")], "cpu", 1),
            Fingerprint.Of(spec, Data, "cuda", 1),
            Fingerprint.Of(spec, Data, "cpu", 2),
        ];
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }
}
