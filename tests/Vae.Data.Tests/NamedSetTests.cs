using Vae.Data.Named;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Data.Tests;

public class NamedSetTests
{
    private static readonly DataLoadOptions Here = new() { SpecDirectory = AppContext.BaseDirectory, Offline = true };

    [Fact]
    public void Mnist_is_what_its_publishers_say()
    {
        DataSet set = DataSetLoader.Load(new DataSpec { Dataset = "mnist", Shape = [784] }, Here);

        Assert.Equal((60_000, 10_000), (set.Train.Count, set.Test!.Count));
        Assert.Equal([5, 0, 4, 1, 9], set.Train.Labels![..5]);
        Assert.Equal([7, 2, 1, 0, 4], set.Test.Labels![..5]);
        Assert.Equal(10, set.Classes);
        Assert.Null(set.Validation);
        Assert.Null(set.Train.Floats);
        Assert.Equal(0.1307, set.Train.Bytes!.Average(raw => raw * (double)set.Train.Scale), 4);
        Assert.Equal(0.1325, set.Test.Bytes!.Average(raw => raw * (double)set.Test.Scale), 4);
        Assert.Equal(1f, set.Train.Example(0).Max(), 6);
        Assert.Equal(4, set.Files.Count);
        Assert.Equal(set.Files, DataSetLoader.Digest(new DataSpec { Dataset = "mnist", Shape = [784] }, Here));
    }

    [Fact]
    public void Pictures_of_a_named_set_are_resized_to_the_shape_that_is_asked_for()
    {
        DataSpec stored = new() { Dataset = "mnist", Shape = [1, 28, 28] };
        DataSet small = DataSetLoader.Load(stored with { Shape = [1, 14, 14] }, Here), large = DataSetLoader.Load(stored with { Shape = [1, 32, 32] }, Here);
        byte[] original = DataSetLoader.Load(stored, Here).Train.Bytes!;

        Assert.Equal(60_000 * 14 * 14, small.Train.Bytes!.Length);
        Assert.Equal(10_000 * 32 * 32, large.Test!.Bytes!.Length);
        for (int y = 0; y < 14; y++)
        {
            for (int x = 0; x < 14; x++)
            {
                int corner = (59_999 * 784) + (2 * y * 28) + (2 * x);
                double mean = (original[corner] + original[corner + 1] + original[corner + 28] + original[corner + 29]) / 4.0;
                Assert.Equal(Math.Floor(mean + 0.5), small.Train.Bytes[(59_999 * 196) + (y * 14) + x]);
            }
        }

        Assert.Equal(small.Files, large.Files);
        Assert.Equal(0.1307, large.Train.Bytes!.Average(raw => raw * (double)large.Train.Scale), 3);
    }

    [Fact]
    public void Every_named_set_of_the_language_has_its_files_here()
    {
        Assert.Equal(DataSetCatalogue.All.Select(row => row.Name), NamedSetTable.All.Select(row => row.Name));
        Assert.All(NamedSetTable.All, row => Assert.All(row.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256)));
        Assert.All(NamedSetTable.All, row => Assert.All(row.Mirrors, mirror => Assert.EndsWith("/", mirror.AbsolutePath, StringComparison.Ordinal)));
        Assert.All(NamedSetTable.All.Where(row => row.LabelNames is not null), row => Assert.Equal(DataSetCatalogue.Find(row.Name)!.Classes, row.LabelNames!.Count));
    }

    [Fact]
    public void Fashion_mnist_of_the_systems_package_is_what_its_publishers_say()
    {
        if (!File.Exists("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"))
            return;

        DataSet set = DataSetLoader.Load(new DataSpec { Dataset = "fashion-mnist", Shape = [1, 28, 28] }, Here);

        Assert.Equal((60_000, 10_000), (set.Train.Count, set.Test!.Count));
        Assert.Equal("Ankle boot", set.LabelNames![set.Train.Labels![0]]);
        Assert.Equal(0.2860, set.Train.Bytes!.Average(raw => raw * (double)set.Train.Scale), 4);
    }
}
