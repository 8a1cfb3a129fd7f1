using System.Globalization;
using FsCheck.Xunit;
using Vae.Dsl.Building;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Tests.Generation;

namespace Vae.Dsl.Tests;

/// <summary>Text and calls are two ways to the same spec: what one says survives the way through the other, for all that the language can say.</summary>
public class IdentityTests
{
    private const int Attempts = 2000;

    public static TheoryData<string> Paths => [.. SpecWalk.Paths];

    public static TheoryData<string> LayerArguments => [.. LayerCatalogue.All.SelectMany(Names)];

    public static TheoryData<string> ComponentArguments =>
    [
        .. SpecWalk.Paths.SelectMany(path => (SpecWalk.ContentOf(path) switch
        {
            Content.OneOf(ComponentCatalogue catalogue, _) => catalogue.All,
            Content.ListOf(ComponentCatalogue catalogue) => catalogue.All,
            _ => [],
        }).SelectMany(Names).Select(name => $"{path} {name}")),
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_key_survives(string path) => Survives(Walk(walk => walk.Say(path)));

    [Theory]
    [MemberData(nameof(LayerArguments))]
    public void Every_argument_of_every_layer_survives(string name)
    {
        (LayerKind row, Argument? argument) = ((LayerKind, Argument?))Find(name, LayerCatalogue.All);
        Survives(Walk(walk => walk.Add(row, argument)));
    }

    [Theory]
    [MemberData(nameof(ComponentArguments))]
    public void Every_argument_of_every_other_row_survives(string name)
    {
        string path = name[..name.IndexOf(' ', StringComparison.Ordinal)];
        IReadOnlyList<ComponentKind> rows = SpecWalk.ContentOf(path) is Content.OneOf(ComponentCatalogue one, _) ? one.All : ((Content.ListOf)SpecWalk.ContentOf(path)).Catalogue.All;
        (ComponentKind row, Argument? argument) = Find(name[(path.Length + 1)..], rows);
        Survives(Walk(walk => walk.Say(path, row, argument)));
    }

    [Property(MaxTest = 150)]
    public void Whole_specs_survive(int seed) => Survives(Wandered(seed));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Whole_specs_survive_under_any_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            for (int seed = 0; seed < 20; seed++)
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                Spec expected = Wandered(seed);
                string text = expected.ToYaml();
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

                Assert.Equal(expected, Wandered(seed));
                Assert.Equal(text, expected.ToYaml());
                Survives(expected);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<string> Names(ComponentKind row) => row.Arguments.Select(argument => $"{row.Name}.{argument.Name}").Prepend(row.Name);

    private static (ComponentKind Row, Argument? Argument) Find(string name, IEnumerable<ComponentKind> rows)
    {
        string[] parts = name.Split('.');
        ComponentKind row = rows.Single(row => row.Name == parts[0]);
        return (row, parts.Length == 1 ? null : row.Arguments.Single(argument => argument.Name == parts[1]));
    }

    private static Spec Wandered(int seed)
    {
        var walk = new SpecWalk(seed);
        for (int step = 0; step < 15; step++)
            walk.Step();
        return walk.Spec;
    }

    /// <summary>A spec with the one thing in it, from the first walk where it fits.</summary>
    private static Spec Walk(Func<SpecWalk, bool> say)
    {
        for (int seed = 0; seed < Attempts; seed++)
        {
            var walk = new SpecWalk(seed);
            // Later walks have something to fit to: another loss, a validation set, more layers.
            for (int step = 0; step < seed / (SpecWalk.StartCount * 10); step++)
                walk.Step();
            if (say(walk))
                return walk.Spec;
        }

        throw new InvalidOperationException("it fits into no spec");
    }

    private static void Survives(Spec spec)
    {
        string text = spec.ToYaml();
        SpecLoadResult read = SpecLoader.Parse(text);
        Assert.DoesNotContain(read.Diagnostics, diagnostic => diagnostic.Severity == Diagnostics.Severity.Error);
        Assert.Equal(spec, read.Spec);
        Assert.Equal(text, read.Spec!.ToYaml());
        Assert.Equal(spec, SpecBuilder.From(spec).Build());
    }
}
