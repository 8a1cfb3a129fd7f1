using System.Globalization;
using System.Text.Json;
using Vae.Dsl;
using Vae.Dsl.Tests;

namespace Vae.Tool.Tests;

/// <summary>Bases, packages, parameters and sweeps through the command line, on a table of 40 rows.</summary>
public sealed class ReuseTests : IDisposable
{
    private const string Package = "Acme.Vae.Specs";

    private const string Base = """
        vae: 1
        name: base
        abstract: true
        params:
          hidden: 4
          latent: {type: int, default: 2, min: 1}
          beta: 0.1
        data: {source: csv, columns: [a, b, c], scale: standard}
        encoder:
          - linear: {out: $(hidden), act: relu}
        latent: $(latent)
        decoder:
          - linear: {out: $(hidden), act: relu}
          - linear: auto
        loss: {reconstruction: mse, kl: $(beta)}
        train: {epochs: 2, batch: 8, optimizer: adam, lr: 1e-2, threads: 1}
        artifacts: {plots: [loss]}

        """;

    private const string Derived = """
        vae: 1
        name: table
        extends: {spec: pkg:Acme.Vae.Specs/base.vae.yaml, with: {hidden: 5}}
        data: {path: table.csv, test: 8}
        variants:
          long: {train: {epochs: 3}}

        """;

    private readonly Workspace workspace = new();
    private readonly string[] package;

    public ReuseTests()
    {
        Directory.CreateDirectory(workspace["specs"]);
        workspace.Spec(Base, Path.Combine("specs", "base.vae.yaml"));
        package = ["--package", $"{Package}={workspace["specs"]}"];
        File.WriteAllLines(workspace["table.csv"], Enumerable.Range(0, 40).Select(row => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(row):F4},{Math.Cos(0.7 * row):F4},{row % 7}")).Prepend("a,b,c"));
    }

    private string Spec(string more = "") => workspace.Spec(Derived + more, "table.vae.yaml");

    private Workspace.Outcome Vae(string command, string spec, params string[] options) => Workspace.Vae([command, spec, .. package, .. options]);

    [Fact]
    public void Origins_are_a_table_of_values_parameters_and_places()
    {
        string spec = Spec(), inPackage = workspace[Path.Combine("specs", "base.vae.yaml")];

        Workspace.Outcome shown = Vae("show", spec, "--origins", "--variant", "long", "--param", "beta=0.7", "--set", "train.seed=9");

        Assert.Equal("", shown.Error);
        Assert.Equal(ExitCode.Success, shown.Code);
        foreach (string[] expected in (string[][])
        [
            ["data.columns", "[a, b, c]", "", $"{inPackage}(8,30)"],
            ["data.path", "table.csv", "", $"{spec}(4,14)"],
            ["encoder.0.linear.out", "5", "$(hidden)", $"{spec}(3,66)"],
            ["encoder.0.linear.bias", "true", "", "default"],
            ["latent.dim", "2", "$(latent)", $"{inPackage}(6,32)"],
            ["loss.kl.weight", "0.7", "$(beta)", "--param beta=0.7"],
            ["train.epochs", "3", "", $"{spec}(6,26)"],
            ["train.seed", "9", "", "--set train.seed=9"],
        ])
            Assert.Contains(Aligned(shown, expected), shown.Out.Split('\n'));
        Assert.DoesNotContain("\t", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_points_of_a_sweep_are_shown_with_their_names_and_values()
    {
        Workspace.Outcome shown = Vae("show", Spec("sweep: {hidden: [3, 12], beta: [0.1, 1e-3]}\n"), "--sweep");

        Assert.Equal("", shown.Error);
        Assert.Equal(ExitCode.Success, shown.Code);
        Assert.Equal(
            """
            point                      hidden  beta
            table-hidden-3-beta-0-1    3       0.1
            table-hidden-3-beta-1e-3   3       1e-3
            table-hidden-12-beta-0-1   12      0.1
            table-hidden-12-beta-1e-3  12      1e-3

            """,
            shown.Out,
            ignoreLineEndingDifferences: true);
        Assert.Empty(Directory.GetDirectories(workspace.Folder).Except([workspace["specs"]]));
    }

    [Fact]
    public void A_sweep_that_is_not_there_is_an_error_of_show_and_train()
    {
        foreach (string command in (string[])["show", "train"])
        {
            Workspace.Outcome outcome = Vae(command, Spec(), "--sweep");

            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.Contains("error VAE1320", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sweep_trains_every_point_and_ends_with_a_table()
    {
        Workspace.Outcome outcome = Vae("train", Spec("sweep: {hidden: [3, 12]}\n"), "--sweep", "--output", workspace["out"], "--param", "beta=0.3");

        Assert.Equal("", outcome.Error);
        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Contains("point 2 of 2: hidden=12", outcome.Lines);
        Assert.Equal($"2 of 2 points trained -> {Table}", outcome.Lines[^1]);
        Assert.Contains("reconstruction and KL of the test set against hidden", File.ReadAllText(workspace["out/sweep.svg"]), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(workspace["out/sweep.png"])[..4]);
        string[][] rows = Rows();
        Assert.Equal(["point", "hidden", "status", "test.kl", "test.loss"], rows[0][..5]);
        Assert.Equal([["table-hidden-3", "3", "trained"], ["table-hidden-12", "12", "trained"]], rows[1..].Select(row => row[..3]));
        foreach (string[] row in rows[1..])
        {
            string folder = Path.Combine(workspace["out"], row[0]);
            Assert.True(File.Exists(Path.Combine(folder, "decoder.onnx")));
            double loss = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "metrics.json"))).RootElement.GetProperty("final").GetProperty("test.loss").GetDouble();
            Assert.Equal(loss, double.Parse(row[4], CultureInfo.InvariantCulture), tolerance: 1e-6 * loss);
            Assert.Equal(new WeightSpec.Constant(0.3), SpecLoader.Load(Path.Combine(folder, "spec.resolved.yaml")).Spec?.Loss.KlWeight);
            // The table on the console: the parameter, then the three losses of what was held out.
            Assert.Single(outcome.Lines, line => line.StartsWith(row[1] + " ", StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 4);
        }

        Assert.Single(outcome.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["hidden", "test.loss", "test.reconstruction", "test.kl"]);
    }

    [Fact]
    public void A_point_that_fails_does_not_stop_the_others()
    {
        Workspace.Outcome outcome = Vae("train", Spec("params: {kind: adam}\ntrain: {optimizer: $(kind)}\nsweep: {kind: [adam, adm, sgd]}\n"), "--sweep", "--output", workspace["out"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Equal($"{workspace["table.vae.yaml"]}(8,20): error VAE1208: unknown optimizer 'adm'. Did you mean 'adam'?", outcome.Error.TrimEnd());
        Assert.Equal($"2 of 3 points trained, 1 failed -> {Table}", outcome.Lines[^1]);
        Assert.Equal([["adam", "trained"], ["adm", "failed"], ["sgd", "trained"]], Rows()[1..].Select(row => row[1..3]));
        Assert.All(Rows()[2][3..], Assert.Empty);
        Assert.True(File.Exists(Path.Combine(workspace["out"], "table-kind-sgd", "manifest.json")));
        Assert.False(Directory.Exists(Path.Combine(workspace["out"], "table-kind-adm")));
    }

    [Fact]
    public void A_sweep_that_was_trained_is_left_as_it_is_when_nothing_changed()
    {
        string[] options = ["--sweep", "--output", workspace["out"], "--if-changed"];
        string spec = Spec("sweep: {hidden: [3, 12]}\n");
        Vae("train", spec, options);
        string before = File.ReadAllText(Table);

        Workspace.Outcome second = Vae("train", spec, [.. options, "--json"]);

        JsonElement[] events = [.. second.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["point", "inputs", "fingerprint", "up-to-date", "outputs", "point", "inputs", "fingerprint", "up-to-date", "outputs", "sweep"], events.Select(one => one.GetProperty("event").GetString()));
        Assert.Equal(("table-hidden-12", 2, 2, "12"), (events[5].GetProperty("spec").GetString(), events[5].GetProperty("point").GetInt32(), events[5].GetProperty("of").GetInt32(), events[5].GetProperty("values").GetProperty("hidden").GetString()));
        Assert.Equal([spec, workspace[Path.Combine("specs", "base.vae.yaml")], workspace["table.csv"]], events[1].GetProperty("inputs").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal((2, 2, 0, Table), (events[10].GetProperty("of").GetInt32(), events[10].GetProperty("trained").GetInt32(), events[10].GetProperty("failed").GetInt32(), events[10].GetProperty("output").GetString()));
        Assert.Equal(before, File.ReadAllText(Table));
    }

    [Fact]
    public void A_cancelled_sweep_says_how_far_it_came_and_keeps_its_table()
    {
        // The second point never ends by itself; the cancel file comes once the first has left its row.
        string spec = Spec("params: {epochs: 1}\ntrain: {epochs: $(epochs)}\nsweep: {epochs: [1, 100000000, 2]}\n");
        using var watcher = new Timer(_ => CancelOnceThereIsATable(), state: null, dueTime: 0, period: 20);

        Workspace.Outcome outcome = Vae("train", spec, "--sweep", "--output", workspace["out"], "--cancel-file", workspace["stop"]);

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Equal($"cancelled: 1 of 3 points trained -> {Table}", outcome.Lines[^1]);
        Assert.Equal(["table-epochs-1", "1", "trained"], Assert.Single(Rows()[1..])[..3]);
        Assert.Equal([Path.Combine(workspace["out"], "table-epochs-1")], Directory.GetDirectories(workspace["out"]));
    }

    [Fact]
    public void A_sweep_that_is_cancelled_in_its_first_point_leaves_nothing()
    {
        File.WriteAllText(workspace["stop"], "");

        Workspace.Outcome outcome = Vae("train", Spec("sweep: {hidden: [3, 12]}\n"), "--sweep", "--output", workspace["out"], "--set", "train.epochs=100000000", "--checkpoint-every", "0", "--cancel-file", workspace["stop"]);

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Equal("cancelled: 0 of 2 points trained", outcome.Lines[^1]);
        Assert.False(Directory.Exists(workspace["out"]));
    }

    [Fact]
    public void A_package_is_found_by_its_id_in_any_case_and_its_base_is_an_input()
    {
        string spec = Spec();
        string[] anyCase = ["--package", $"acme.VAE.specs={workspace["specs"]}"];

        Assert.Equal([$"{spec}: table is right: [3] -> z 2 -> [3], 77 parameters"], Workspace.Vae(["check", spec, .. anyCase]).Lines);
        Assert.Contains("77", Workspace.Vae(["show", spec, .. anyCase]).Out, StringComparison.Ordinal);
        Workspace.Outcome trained = Workspace.Vae(["train", spec, "--output", workspace["out"], "--json", .. anyCase]);

        Assert.Equal(ExitCode.Success, trained.Code);
        Assert.Contains(
            workspace[Path.Combine("specs", "base.vae.yaml")],
            JsonDocument.Parse(trained.Lines[0]).RootElement.GetProperty("inputs").EnumerateArray().Select(path => path.GetString()));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("show")]
    [InlineData("train")]
    public void An_unknown_package_and_one_without_its_folder_are_told_at_the_reference(string command)
    {
        string spec = Spec();

        foreach ((string given, string message) in new[]
        {
            ("", "there is no package of specs 'Acme.Vae.Specs': reference it in the project, or pass --package Acme.Vae.Specs=folder. None is known."),
            ($"Acme.Vae.Spec={workspace["specs"]}", "there is no package of specs 'Acme.Vae.Specs': reference it in the project, or pass --package Acme.Vae.Specs=folder. Did you mean 'Acme.Vae.Spec'?"),
            ("Acme.Vae.Specs=nowhere", "the package of specs 'Acme.Vae.Specs' should be at 'nowhere', but there is no such folder; restore the project, or correct --package"),
        })
        {
            Workspace.Outcome outcome = Workspace.Vae([command, spec, .. given.Length > 0 ? ["--package", given] : Array.Empty<string>()]);

            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.Equal($"{spec}(3,17): error VAE1312: {message}", outcome.Error.TrimEnd());
        }
    }

    [Theory]
    [InlineData("Acme.Vae.Specs", "--package expects Id=folder, got 'Acme.Vae.Specs'")]
    [InlineData("=folder", "--package expects Id=folder, got '=folder'")]
    public void A_package_without_id_or_folder_is_wrong_usage(string given, string message)
    {
        Workspace.Outcome outcome = Workspace.Vae("check", Spec(), "--package", given);

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_given_twice_is_wrong_usage() =>
        Assert.Contains("--package names 'acme.vae.specs' more than once", Vae("check", Spec(), "--package", "acme.vae.specs=elsewhere").Error, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void An_abstract_spec_is_right_but_is_not_trained()
    {
        string spec = workspace[Path.Combine("specs", "base.vae.yaml")];

        Assert.Equal([$"{spec}: right, as a base for others: it is abstract"], Workspace.Vae("check", spec).Lines);
        Workspace.Outcome trained = Workspace.Vae("train", spec, "--output", workspace["out"]);

        Assert.Equal(ExitCode.Failure, trained.Code);
        Assert.Equal(
            $"{spec}(3,1): error VAE1316: the spec is abstract, a base for others, and is not trained itself; write a spec with 'extends: ./base.vae.yaml'",
            trained.Error.TrimEnd());
        Assert.False(Directory.Exists(workspace["out"]));
    }

    [Fact]
    public void An_abstract_spec_is_passed_over_where_that_is_asked_for_but_its_mistakes_are_not()
    {
        string spec = workspace[Path.Combine("specs", "base.vae.yaml")];

        Workspace.Outcome skipped = Workspace.Vae("train", spec, "--output", workspace["out"], "--skip-abstract", "--json");

        Assert.Equal(ExitCode.Success, skipped.Code);
        Assert.Equal(["inputs", "abstract"], skipped.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
        Assert.False(Directory.Exists(workspace["out"]));

        workspace.Spec(Base.Replace("latent: $(latent)", "latnet: 2", StringComparison.Ordinal), Path.Combine("specs", "base.vae.yaml"));
        Assert.Equal(ExitCode.Failure, Workspace.Vae("train", spec, "--output", workspace["out"], "--skip-abstract").Code);
    }

    [Fact]
    public void Ten_different_mistakes_are_all_reported_at_their_places()
    {
        string spec = Path.Combine(Repository.Root, "tests", "Vae.Dsl.Tests", "Broken", "ten-mistakes.vae.yaml");

        Workspace.Outcome outcome = Workspace.Vae("check", spec);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.Equal(
            [
                "(10,12): error VAE1205: 'dataset' of 'data' must be one of mnist, fashion-mnist, got 'mnst'. Did you mean 'mnist'?",
                "(11,3): error VAE1201: unknown key 'batch_size' in 'data'. Here it is batch (under 'train').",
                "(14,19): error VAE1302: unknown parameter 'hiden'. Did you mean 'hidden'?",
                "(15,5): error VAE1208: unknown layer 'liner'. Did you mean 'linear'?",
                "(16,14): error VAE1204: 'p' of 'dropout' must be at most 1, got '1.5'",
                "(18,1): error VAE1201: unknown key 'latnet'. Did you mean 'latent'?",
                "(21,30): error VAE1208: unknown activation 'sigmod'. Did you mean 'sigmoid'?",
                "(25,7): error VAE1203: 'kl' of 'loss' must be a number or 'learned', got '0.001'; remove the quotes: 0.001",
                "(28,11): error VAE1203: 'epochs' of 'train' must be a whole number, got 'ten'",
                "(30,22): error VAE1201: unknown key 'beta3' in 'adam'. Did you mean 'beta1'?",
            ],
            outcome.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line[spec.Length..]));
    }

    public void Dispose() => workspace.Dispose();

    private string Table => Path.Combine(workspace["out"], "sweep.csv");

    private string[][] Rows() => [.. File.ReadLines(Table).Select(line => line.Split(','))];

    private void CancelOnceThereIsATable()
    {
        if (File.Exists(Table))
            File.WriteAllText(workspace["stop"], "");
    }

    /// <summary>A row of the table in the columns that its widest cells make.</summary>
    private static string Aligned(Workspace.Outcome shown, string[] cells)
    {
        string[] lines = shown.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int path = lines.Max(line => line.IndexOf(' ', StringComparison.Ordinal)) + 2;
        int value = lines[1..].Max(line => line.IndexOf("default", StringComparison.Ordinal));
        int parameter = lines.Max(line => line.IndexOf("$(", StringComparison.Ordinal));
        return cells[0].PadRight(path) + cells[1].PadRight(parameter - path) + cells[2].PadRight(value - parameter) + cells[3];
    }
}
