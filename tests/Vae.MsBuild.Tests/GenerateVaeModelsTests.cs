using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Vae.Dsl.Diagnostics;

namespace Vae.MsBuild.Tests;

public sealed class GenerateVaeModelsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae cläss %3B ");
    private readonly RecordingEngine _engine = new();

    public GenerateVaeModelsTests()
    {
        Write("a.vae.yaml", "vae: 1\n");
        Write("b.vae.yaml", "vae: 1\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void All_specs_are_one_process_and_none_when_nothing_changed()
    {
        GenerateVaeModels first = NewTask("a", "b");
        Assert.True(first.Execute(), Log());
        Assert.Equal([PathOf("obj/a.g.cs"), PathOf("obj/b.g.cs")], first.Classes.Select(item => item.GetMetadata("FullPath")));
        Assert.Equal(["classes.request", "classes.state"], first.Notes.Select(item => Path.GetFileName(item.ItemSpec)).Order());

        GenerateVaeModels second = NewTask("a", "b");
        Assert.True(second.Execute(), Log());
        Assert.Equal(2, second.Classes.Length);
        Assert.Equal(1, Runs);
        Assert.Empty(_engine.HighMessages);
    }

    [Fact]
    public void What_changed_is_the_reason()
    {
        Assert.True(NewTask("a", "b").Execute(), Log());

        Write("b.vae.yaml", "vae: 1\nlatent: 3\n");
        Assert.True(NewTask("a", "b").Execute(), Log());
        Assert.Equal("generating the classes of the specs, because b.vae.yaml changed", LastReason());

        GenerateVaeModels renamed = NewTask("a", "b");
        renamed.RootNamespace = "Other";
        Assert.True(renamed.Execute(), Log());
        Assert.Equal("generating the classes of the specs, because namespace is now 'Other', it was 'App'", LastReason());

        GenerateVaeModels metadata = NewTask("a", "b");
        metadata.RootNamespace = "Other";
        metadata.Specs[0].SetMetadata("ClassName", "Alpha");
        Assert.True(metadata.Execute(), Log());
        Assert.Equal("generating the classes of the specs, because a.vae.yaml class is now 'Alpha', it was ''", LastReason());

        File.Delete(PathOf("obj/a.g.cs"));
        metadata = NewTask("a", "b");
        metadata.RootNamespace = "Other";
        metadata.Specs[0].SetMetadata("ClassName", "Alpha");
        Assert.True(metadata.Execute(), Log());
        Assert.Equal("generating the classes of the specs, because a.g.cs is missing", LastReason());
        Assert.Equal(5, Runs);
    }

    [Fact]
    public void The_request_says_all_that_the_project_asks_for()
    {
        GenerateVaeModels task = NewTask("a");
        task.Nullable = "Enable";
        task.Variant = "quick";
        task.Overrides = ["latent=3;train.epochs=1"];
        task.Parameters = ["beta=0.1"];
        TaskItem package = new("Acme.Specs");
        package.SetMetadata("Path", "specs");
        task.Packages = [package];
        task.Specs[0].SetMetadata("Variant", "long");
        task.Specs[0].SetMetadata("Namespace", "Acme.Nets");
        task.Specs[0].SetMetadata("Access", "internal");

        Assert.True(task.Execute(), Log());

        Assert.Equal(
            [
                $"project\t{PathOf("app.csproj")}", "namespace\tApp", "models\tmodels", "nullable\ttrue", $"package\tAcme.Specs={PathOf("specs")}",
                $"spec\t{PathOf("a.vae.yaml")}", "name\ta", $"output\t{PathOf("obj/a.g.cs")}", "in\tAcme.Nets", "access\tinternal", "variant\tlong",
                "set\tlatent=3", "set\ttrain.epochs=1", "param\tbeta=0.1",
            ],
            File.ReadLines(PathOf("obj/classes.request")));
    }

    [Fact]
    public void A_mistake_is_an_error_at_its_line_and_the_class_of_before_is_still_there()
    {
        Assert.True(NewTask("a", "b").Execute(), Log());
        Write("a.vae.yaml", "vae: 1\nfake: class-error\n");

        GenerateVaeModels task = NewTask("a", "b");

        Assert.False(task.Execute());
        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal(("VAE1201", PathOf("a.vae.yaml"), 3, 1), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
        Assert.Equal(2, task.Classes.Length);
        // Not remembered as done: the next build says it again.
        Assert.False(NewTask("a", "b").Execute());
        Assert.Equal(2, _engine.Errors.Count);
    }

    [Fact]
    public void A_base_has_no_class()
    {
        Write("a.vae.yaml", "vae: 1\nfake: abstract\n");

        GenerateVaeModels task = NewTask("a");
        Assert.True(task.Execute(), Log());
        Assert.Empty(task.Classes);
        Assert.True(NewTask("a").Execute(), Log());
        Assert.Equal(1, Runs);
    }

    [Fact]
    public void A_crash_and_a_missing_tool_have_codes()
    {
        Write("a.vae.yaml", "vae: 1\nfake: crash\n");
        Assert.False(NewTask("a").Execute());
        GenerateVaeModels missing = NewTask("a");
        missing.Trainer = PathOf("nowhere/vae.dll");
        Assert.False(missing.Execute());

        Assert.Equal(["VAE0037", "VAE0020"], _engine.Errors.Select(error => error.Code));
        Assert.Contains("Segmentation fault of the fake", _engine.Errors.First().Message, StringComparison.Ordinal);
        Assert.Contains(" generate ", _engine.Errors.First().Message, StringComparison.Ordinal);
        Assert.Subset(DiagnosticTable.All.Select(code => code.Id).ToHashSet(), new HashSet<string> { "VAE0035", "VAE0036", "VAE0037", "VAE0038" });
    }

    private int Runs => File.ReadLines(PathOf("obj/classes.request.runs")).Count();

    private GenerateVaeModels NewTask(params string[] names)
    {
        return new GenerateVaeModels
        {
            BuildEngine = _engine,
            Specs = [.. names.Select(Spec)],
            OutputFolder = PathOf("obj"),
            Trainer = FakeTrainer.Path,
            DotNetHost = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "",
            Project = PathOf("app.csproj"),
            RootNamespace = "App",
            ModelsFolder = "models",
        };

        ITaskItem Spec(string name)
        {
            // A path as MSBuild hands it over: with its own characters escaped.
            TaskItem item = new(PathOf(name + ".vae.yaml").Replace("%", "%25", StringComparison.Ordinal));
            item.SetMetadata("Name", name);
            return item;
        }
    }

    private string LastReason() => _engine.Messages.Last(message => message.Message!.Contains("because", StringComparison.Ordinal)).Message!;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private string Log() => string.Join('\n', _engine.Errors.Select(error => error.Message).Concat(_engine.Messages.Select(message => message.Message)));
}
