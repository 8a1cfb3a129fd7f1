using Vae.Dsl;

namespace Vae.Tool.Tests;

public sealed class SchemaTests : IDisposable
{
    private readonly Workspace workspace = new();

    [Fact]
    public void The_schema_goes_to_standard_output_or_into_a_file()
    {
        string path = workspace["vae.schema.json"];

        Assert.Equal(SpecSchema.ToJson(), Workspace.Vae("schema").Out);
        Assert.Equal(ExitCode.Success, Workspace.Vae("schema", "-o", path).Code);
        Assert.Equal(SpecSchema.ToJson(), File.ReadAllText(path));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_reported()
    {
        Workspace.Outcome outcome = Workspace.Vae("schema", "-o", Path.Combine(workspace["no-folder"], "vae.schema.json"));

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.StartsWith("vae: ", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => workspace.Dispose();
}
