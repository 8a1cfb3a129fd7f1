namespace Vae.Integration.Tests;

/// <summary>Trains the example's quick variant with the real trainer, into a folder that is gone afterwards.</summary>
public sealed class QuickTraining : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae quick");

    /// <summary>What the spec as it is leaves.</summary>
    public string Model => Path.Combine(_folder.FullName, "mnist-mlp");

    /// <summary>Trains once more, with further options.</summary>
    public async Task<string> TrainAsync(string name, params string[] options)
    {
        string output = Path.Combine(_folder.FullName, name);
        string spec = Repository.PathOf("examples", "Mnist", "mnist-mlp.vae.yaml");
        (await DotNet.RunAsync(_folder.FullName, ["exec", Repository.Trainer, "train", spec, "--output", output, "--variant", "quick", "--threads", "1", "--json", .. options])).MustSucceed();
        return output;
    }

    public Task InitializeAsync() => TrainAsync("mnist-mlp");

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
