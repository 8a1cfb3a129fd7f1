using Vae.Dsl;

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
}
