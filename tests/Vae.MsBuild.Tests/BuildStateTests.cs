namespace Vae.MsBuild.Tests;

public sealed class BuildStateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae state ä ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_state_loads_back_and_fits()
    {
        string spec = Write("spec.vae.yaml", "vae: 1");
        string path = PathOf("x.state");
        BuildState state = State(spec);
        state.Outputs[spec] = FileStamp.Of(spec);
        state.Save(path);

        BuildState? loaded = BuildState.Load(path);

        Assert.NotNull(loaded);
        Assert.Equal("quick", loaded.Options["variant"]);
        Assert.Null(loaded.WhyInputsDiffer(State(spec)));
        Assert.Null(loaded.WhyOutputsDiffer());
        Assert.Equal(["spec.vae.yaml", "x.state"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void A_base_leaves_nothing_behind_and_that_is_well()
    {
        string spec = Write("spec.vae.yaml", "vae: 1");
        BuildState state = State(spec);
        Assert.NotNull(state.WhyOutputsDiffer());
        state.IsAbstract = true;
        state.Save(PathOf("x.state"));

        BuildState? loaded = BuildState.Load(PathOf("x.state"));

        Assert.NotNull(loaded);
        Assert.True(loaded.IsAbstract);
        Assert.Null(loaded.WhyOutputsDiffer());
        Assert.Null(loaded.WhyInputsDiffer(State(spec)));
    }

    [Fact]
    public void An_older_file_in_its_place_is_a_change()
    {
        string spec = Write("spec.vae.yaml", "vae: 1");
        BuildState before = State(spec);
        File.SetLastWriteTimeUtc(spec, DateTime.UnixEpoch.AddYears(30));

        Assert.Equal("spec.vae.yaml changed", before.WhyInputsDiffer(State(spec)));
    }

    [Fact]
    public void A_folder_changes_with_any_file_in_it()
    {
        string images = PathOf("images");
        Directory.CreateDirectory(Path.Combine(images, "zero"));
        Write("images/zero/a.png", "1");
        FileStamp before = FileStamp.Of(images);
        Assert.True(before.IsSameAs(FileStamp.Of(images)));

        Write("images/zero/b.png", "2");
        Assert.False(before.IsSameAs(FileStamp.Of(images)));
    }

    [Fact]
    public void Each_difference_is_named()
    {
        string spec = Write("spec.vae.yaml", "vae: 1");
        string data = Write("data.csv", "1,2");
        BuildState before = State(spec);
        before.Read[data] = FileStamp.Of(data);

        BuildState variant = State(spec);
        variant.Options["variant"] = "";
        Assert.Equal("variant is now '', it was 'quick'", before.WhyInputsDiffer(variant));

        Assert.Equal("data.csv is a new input", before.WhyInputsDiffer(State(spec, data)));
        Assert.Equal("data.csv is no longer an input", State(spec, data).WhyInputsDiffer(State(spec)));

        File.WriteAllText(data, "1,2,3");
        Assert.Equal("data.csv changed", before.WhyInputsDiffer(State(spec)));
        File.Delete(data);
        Assert.Equal("data.csv is missing", before.WhyInputsDiffer(State(spec)));
    }

    [Fact]
    public void A_lost_output_is_named()
    {
        string output = Write("decoder.onnx", "x");
        BuildState before = State();
        before.Outputs[output] = FileStamp.Of(output);
        File.Delete(output);

        Assert.Equal("decoder.onnx is missing", before.WhyOutputsDiffer());
        Assert.NotNull(State().WhyOutputsDiffer());
    }

    [Theory]
    [InlineData("")]
    [InlineData("vae-build-state 2\n")]
    [InlineData("vae-build-state 1\noption\tvariant")]
    [InlineData("vae-build-state 1\ngiven\tx\ty\tz")]
    [InlineData("vae-build-state 1\nother\t1\t2\t/x")]
    public void A_state_that_cannot_be_read_is_none(string text) => Assert.Null(BuildState.Load(Write("x.state", text)));

    [Fact]
    public void A_missing_state_is_none() => Assert.Null(BuildState.Load(PathOf("none.state")));

    private static BuildState State(params string[] given)
    {
        BuildState state = new();
        state.Options["variant"] = "quick";
        foreach (string path in given)
        {
            state.Given[path] = FileStamp.Of(path);
        }

        return state;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
