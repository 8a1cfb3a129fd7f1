using System.Reflection;
using Vae.Dsl.Building;
using Vae.Dsl.Language;

namespace Vae.Dsl.Tests;

/// <summary>What a file can say, code can say: the grammar against the builder.</summary>
public class BuilderGrammarTests
{
    /// <summary>Where the keys of a place are said in code: methods by their parameters, records by their properties.</summary>
    private static readonly Dictionary<string, Type[]> Records = new()
    {
        ["data.window"] = [typeof(WindowSpec)],
        ["data.split"] = [typeof(SplitSpec)],
        ["train.stop"] = [typeof(StopSpec)],
        ["checks.metrics"] = [typeof(MetricCheck)],
        ["checks.loss-curve.columns"] = [typeof(ColumnCheck)],
    };

    private static readonly Dictionary<string, (Type Type, string[] Methods)> Calls = new()
    {
        [""] = (typeof(SpecBuilder), ["Name", "Description"]),
        ["data"] = (typeof(SpecBuilder), ["Data", "DataFrom"]),
        ["condition"] = (typeof(SpecBuilder), ["Condition"]),
        ["latent"] = (typeof(SpecBuilder), ["Latent"]),
        ["loss"] = (typeof(SpecBuilder), ["Loss"]),
        ["loss.kl"] = (typeof(SpecBuilder), ["Loss"]),
        ["loss.kl.weight"] = (typeof(Weights), ["Ramp", "RampOverSteps"]),
        ["loss.kl.capacity"] = (typeof(Weights), ["Ramp", "RampOverSteps"]),
        ["train"] = (typeof(SpecBuilder), ["Train"]),
        ["artifacts"] = (typeof(SpecBuilder), ["Artifacts"]),
        ["checks"] = (typeof(SpecBuilder), ["Checks"]),
        ["checks.loss-curve"] = (typeof(SpecBuilder), ["Checks"]),
    };

    /// <summary>What is said in another way.</summary>
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["vae"] = "the assembly's own version",
        ["data"] = "a method",
        ["condition"] = "a method",
        ["encoder"] = "a method",
        ["latent"] = "a method",
        ["decoder"] = "a method",
        ["loss"] = "a method",
        ["train"] = "a method",
        ["artifacts"] = "a method",
        ["checks"] = "a method",
        ["params"] = "code has parameters of its own",
        ["variants"] = "code has functions, and a spec's With methods",
        ["sweep"] = "code has loops",
        ["blocks"] = "code has functions that give layers",
        ["abstract"] = "a builder that is not built is abstract",
        ["extends"] = "SpecBuilder.From, or a builder that is varied",
        ["extends.spec"] = "SpecBuilder.From, or a builder that is varied",
        ["extends.with"] = "SpecBuilder.From, or a builder that is varied",
        ["loss.kl.weight"] = "the parameter kl",
        ["latent.prior"] = "there is only one",
        ["latent.posterior"] = "there is only one",
        ["artifacts.metrics"] = "there is only one form",
        ["checks.loss-curve.tolerance"] = "the parameter lossCurve",
        ["checks.images.ssim"] = "the parameter images",
    };

    public static TheoryData<string> Keys => [.. KeysOf(Grammar.Root, "").Distinct()];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_can_be_said_in_code(string key)
    {
        int dot = key.LastIndexOf('.');
        string place = dot < 0 ? "" : key[..dot], name = CallSite.ParameterName(key[(dot + 1)..]);
        bool isSaid = Said(place).Contains(name, StringComparer.OrdinalIgnoreCase);

        Assert.True(isSaid != Otherwise.ContainsKey(key), isSaid ? $"'{key}' is said by the builder, and listed as said otherwise" : $"no call says '{key}'");
    }

    [Fact]
    public void Nothing_is_said_otherwise_that_is_no_key() => Assert.All(Otherwise.Keys, key => Assert.Contains(key, KeysOf(Grammar.Root, "")));

    [Theory]
    [InlineData("Train", "WithTrain", "")]
    [InlineData("DataFrom", "WithData", "source")]
    [InlineData("Latent", "WithLatent", "")]
    [InlineData("Loss", "WithLoss", "")]
    [InlineData("Artifacts", "WithArtifacts", "")]
    public void A_changed_copy_takes_what_the_builder_takes(string method, string with, string otherwise)
    {
        string[] parameters = [.. Longest(typeof(SpecBuilder), method).Select(parameter => parameter.Name!).Where(name => name != otherwise).Order(StringComparer.Ordinal)];

        Assert.Equal(parameters, Longest(typeof(Spec), with).Select(parameter => parameter.Name!).Order(StringComparer.Ordinal));
    }

    private static ParameterInfo[] Longest(Type type, string method) =>
        type.GetMethods().Where(candidate => candidate.Name == method).Select(candidate => candidate.GetParameters()).MaxBy(parameters => parameters.Length)!;

    private static IEnumerable<string> Said(string place) =>
    [
        .. Records.GetValueOrDefault(place, []).SelectMany(record => record.GetProperties()).Select(property => property.Name),
        .. Calls.TryGetValue(place, out (Type Type, string[] Methods) calls)
            ? calls.Type.GetMethods().Where(method => calls.Methods.Contains(method.Name)).SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name!)
            : [],
    ];

    private static IEnumerable<string> KeysOf(Place place, string prefix) => place.Keys.SelectMany(key => key.Content switch
    {
        Content.Map(Place inner) => KeysOf(inner, prefix + key.Name + ".").Prepend(prefix + key.Name),
        // The keys of a parameter or variant are a file's own matter.
        Content.Named(_, Place each, _) when prefix.Length > 0 => KeysOf(each, prefix + key.Name + ".").Prepend(prefix + key.Name),
        _ => [prefix + key.Name],
    });
}
