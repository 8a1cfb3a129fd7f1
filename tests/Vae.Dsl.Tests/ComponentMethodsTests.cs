using System.Globalization;
using System.Reflection;
using System.Text;
using Vae.Dsl.Building;
using Vae.Dsl.Catalogue;

namespace Vae.Dsl.Tests;

/// <summary>The methods that write a catalogue's rows in code, against the catalogues: all rows, all arguments, the same meaning.</summary>
public class ComponentMethodsTests
{
    private static readonly Dictionary<string, (Type Methods, ComponentCatalogue Rows)> Catalogues = new()
    {
        ["optimizer"] = (typeof(Optimizers), OptimizerCatalogue.Rows),
        ["schedule"] = (typeof(Schedules), ScheduleCatalogue.Rows),
        ["initialization"] = (typeof(Initializations), InitializationCatalogue.Rows),
        ["loss"] = (typeof(Losses), ReconstructionCatalogue.Rows),
        ["term"] = (typeof(Terms), TermCatalogue.Rows),
        ["condition"] = (typeof(Conditions), ConditionCatalogue.Rows),
        ["plot"] = (typeof(Plots), PlotCatalogue.Rows),
    };

    public static IEnumerable<object[]> Rows => Catalogues.SelectMany(catalogue => catalogue.Value.Rows.All.Select(row => new object[] { catalogue.Key, row.Name }));

    public static TheoryData<string> LayerRows => [.. LayerCatalogue.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_has_a_method_with_a_parameter_for_every_argument(string catalogue, string name)
    {
        (Type methods, ComponentCatalogue rows) = Catalogues[catalogue];
        ComponentKind row = rows.Get(name);
        MethodInfo method = Assert.Single(Methods(methods), method => method.Name.Equals(PascalCase(name), StringComparison.OrdinalIgnoreCase));

        Assert.Equal(row.Arguments.Select(argument => argument.Name).Order(StringComparer.Ordinal), method.GetParameters().Select(Key).Order(StringComparer.Ordinal));
        Assert.All(method.GetParameters(), parameter => Assert.Equal(row.Arguments.Single(argument => argument.Name == Key(parameter)).Required, !parameter.HasDefaultValue));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_method_writes_the_row_with_what_it_is_given_and_nothing_else(string catalogue, string name)
    {
        (Type methods, ComponentCatalogue rows) = Catalogues[catalogue];
        ComponentKind row = rows.Get(name);
        MethodInfo method = Methods(methods).Single(method => method.Name.Equals(PascalCase(name), StringComparison.OrdinalIgnoreCase));
        foreach (Argument? one in row.Arguments.Append(null))
        {
            Argument[] given = [.. row.Arguments.Where(argument => argument.Required || argument == one)];
            var component = (Component)method.Invoke(null, [.. method.GetParameters().Select(parameter => given.Any(argument => argument.Name == Key(parameter)) ? Value(parameter) : null)])!;

            Assert.Equal(name, component.Kind);
            Assert.Equal(given.Select(argument => argument.Name).Order(StringComparer.Ordinal), component.Arguments.Keys);
            Assert.StartsWith($"{methods.Name}.{method.Name}(", component.Origin!.File, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_method_writes_a_row_that_is_not_there() => Assert.All(Catalogues.Values, catalogue =>
        Assert.All(Methods(catalogue.Methods), method => Assert.Contains(catalogue.Rows.All, row => PascalCase(row.Name).Equals(method.Name, StringComparison.OrdinalIgnoreCase))));

    [Theory]
    [MemberData(nameof(LayerRows))]
    public void Every_layer_has_methods_with_a_parameter_for_every_argument(string name)
    {
        LayerKind row = LayerCatalogue.Get(name);
        MethodInfo[] methods = [.. Methods(typeof(Layers)).Where(method => Written(method).Kind == name)];
        Assert.NotEmpty(methods);

        Assert.All(methods, method =>
        {
            string[] keys = [.. method.GetParameters().Select(parameter => LayerKey(row, parameter)).OfType<string>()];
            // What a method of its own is for (LinearAuto) needs no parameter.
            IEnumerable<string> arguments = row.Arguments.Where(argument => !(argument.AllowsAuto && method.Name.EndsWith("Auto", StringComparison.Ordinal) && argument.Required)).Select(argument => argument.Name);
            Assert.Equal(arguments.Order(StringComparer.Ordinal), keys.Except(["act", "name"]).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void No_layer_method_writes_a_row_that_is_not_there() =>
        Assert.All(Methods(typeof(Layers)), method => Assert.True(LayerCatalogue.TryGet(Written(method).Kind, out _)));

    internal static MethodInfo[] Methods(Type type) => [.. type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName)];

    private static Layer Written(MethodInfo method) =>
        ((ValueList<Layer>)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.HasDefaultValue ? null : Value(parameter))])!)[0];

    /// <summary>Sizes that come out have the field's own words in code.</summary>
    private static string? LayerKey(LayerKind row, ParameterInfo parameter) => parameter.Name switch
    {
        "features" or "channels" => "out",
        "shape" when row.Name == "linear" => "out",
        "sizes" => "shape",
        "returns" => "return",
        "source" => "with",
        _ => Key(parameter),
    };

    internal static string Key(ParameterInfo parameter)
    {
        var key = new StringBuilder();
        foreach (char letter in parameter.Name!)
            key.Append(char.IsUpper(letter) ? "-" : "").Append(char.ToLowerInvariant(letter));
        return key.ToString();
    }

    private static string PascalCase(string key) => string.Concat(key.Split('-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));

    private static object Value(ParameterInfo parameter) => (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) switch
    {
        { } type when type == typeof(int) => 3,
        { } type when type == typeof(double) => 0.25,
        { } type when type == typeof(bool) => true,
        { } type when type == typeof(string) => "x",
        { } type when type == typeof(Pair) => new Pair(2, 3),
        { } type when type == typeof(IEnumerable<Layer>) => Layers.Relu(),
        { } type when type.IsAssignableFrom(typeof(int[])) => new[] { 2, 3 },
        { } type when type.IsAssignableFrom(typeof(ValueList<Layer>)) => Layers.Tanh(),
        var type => throw new InvalidOperationException($"no value for {type}"),
    };
}
