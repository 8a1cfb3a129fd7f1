using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public sealed class ExampleFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x.npy", true)]
    [InlineData("x.CSV", true)]
    [InlineData("x.csv.gz", true)]
    [InlineData("x.jpg", true)]
    [InlineData("x.jpg.gz", false)]
    [InlineData("t10k-images-idx3-ubyte.gz", true)]
    [InlineData("x.xlsx", false)]
    public void The_name_says_what_a_file_holds(string name, bool isRead) => Assert.Equal(isRead, ExampleFile.CanRead(name));

    [Fact]
    public void Bytes_keep_their_maximum_and_numbers_have_none()
    {
        string bytes = folder.Write("b.npy", Craft.Npy("|u1", "2, 2", [0, 255, 7, 8]));
        string numbers = folder.Write("f.npy", Craft.Npy("<f4", "1, 2", [.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(-3f)]));

        StoredExamples ofBytes = ExampleFile.Read(bytes, new DataSpec { Shape = [2] }, []);
        Assert.Equal((2, 255), (ofBytes.Count, ofBytes.ByteMaximum));
        Assert.Equal([0, 255, 7, 8], ofBytes.Values);
        StoredExamples ofNumbers = ExampleFile.Read(numbers, new DataSpec { Shape = [1, 2, 1] }, []);
        Assert.Null(ofNumbers.ByteMaximum);
        Assert.Equal([0.5f, -3], ofNumbers.Values);
    }

    [Fact]
    public void A_column_of_labels_is_found_by_the_specs_name_or_ours_and_is_no_feature()
    {
        string path = folder.Write("t.csv", "example,b,kind,a\n0,1,dog,2\n1,3,ant,4\n");
        var data = new DataSpec { Shape = [2], Labels = "kind" };

        StoredExamples byName = ExampleFile.Read(path, data, ["a", "b"]);
        Assert.Equal([2, 1, 4, 3], byName.Values);
        Assert.Equal(["dog", "ant"], byName.Labels);
        Assert.Equal([1, 2, 3, 4], ExampleFile.Read(path, data, []).Values);

        string ours = folder.Write("ours.csv", "z0,z1,label\n1,2,7\n");
        Assert.Equal(["7"], ExampleFile.ReadCodes(ours, 2).Labels);
        Assert.Null(ExampleFile.Read(folder.Write("bare.csv", "a,b\n1,2\n"), data, ["a", "b"]).Labels);
        Assert.Equal("VAE3", Assert.Throws<VaeException>(() => ExampleFile.Read(path, data, ["a", "c"])).Diagnostics[0].Code.Id[..4]);
    }

    [Fact]
    public void Codes_are_found_among_other_columns()
    {
        string path = folder.Write("z.csv", "file,z1,z0,logvar0,logvar1\nx.png,1,2,3,4\n");
        Assert.Equal([2, 1], ExampleFile.ReadCodes(path, 2).Values);
    }

    [Fact]
    public void A_series_is_cut_into_windows_that_follow_each_other_or_overlap()
    {
        string path = folder.Write("s.csv", "t,v,label\n0,10,a\n1,11,a\n2,12,b\n3,13,b\n4,14,c\n");
        var data = new DataSpec { Shape = [2, 1], Window = new WindowSpec(2), Time = "t" };

        StoredExamples apart = ExampleFile.Read(path, data, ["v"]);
        Assert.Equal([10, 11, 12, 13], apart.Values);
        Assert.Equal((2, 1), (apart.Count, apart.RowsLeft));
        Assert.Equal(["a", "b"], apart.Labels);

        StoredExamples overlapping = ExampleFile.Read(path, data, ["v"], stride: 1);
        Assert.Equal([10, 11, 11, 12, 12, 13, 13, 14], overlapping.Values);
        Assert.Equal((4, 0), (overlapping.Count, overlapping.RowsLeft));
        Assert.Equal(["a", "b", "b", "c"], overlapping.Labels);

        // Windows that are whole already stay as they are.
        string whole = folder.Write("w.npy", Craft.Npy("|u1", "2, 2, 1", [1, 2, 3, 4]));
        Assert.Equal([1, 2, 3, 4], ExampleFile.Read(whole, data, []).Values);
    }

    [Fact]
    public void Pictures_of_a_folder_have_names_and_where_all_lie_in_sub_folders_labels()
    {
        byte[] picture = Craft.Png(2, 2, 1, [1, 2, 3, 4]);
        folder.Write("all/b/2.png", picture);
        folder.Write("all/a/1.png", picture);
        var data = new DataSpec { Shape = [1, 2, 2] };

        StoredExamples all = ExampleFile.Read(Path.Combine(folder.Path, "all"), data, []);
        Assert.Equal(["a/1.png", "b/2.png"], all.Names);
        Assert.Equal(["a", "b"], all.Labels);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], all.Values);

        StoredExamples one = ExampleFile.Read(folder.Write("one.png", picture), data, []);
        Assert.Equal(["one.png"], one.Names);
        Assert.Null(one.Labels);
    }
}
