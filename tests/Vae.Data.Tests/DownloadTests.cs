using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Vae.Data.Named;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class DownloadTests
{
    private static readonly byte[] Images = Craft.Idx(8, [4, 2, 2], [3, 141, 59, 26, 53, 58, 97, 93, 238, 46, 26, 43, 38, 32, 79, 50]);
    private static readonly byte[] Labels = Craft.Idx(8, [4], [0, 1, 2, 3]);

    private static readonly NamedSet Set = new(
        "toy",
        File("train-images", Images),
        File("train-labels", Labels),
        File("test-images", Images),
        File("test-labels", Labels))
    {
        Mirrors = [],
        NodePackageFolder = Path.Combine("toy-data", "data"),
    };

    [Fact]
    public void A_set_is_downloaded_once_into_the_cache()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        List<DownloadProgress> progress = [];
        DataLoadOptions options = Options(folder, server) with { Progress = new Recorder(progress) };

        SourceContent first = Read(options);
        SourceContent second = Read(options with { Offline = true });

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(Images[16..], first.Train.Values.Bytes!);
        Assert.Equal([0, 1, 2, 3], second.Test!.Labels!);
        Assert.Equal(Set.Files.Select(file => file.Sha256), second.Files.Select(file => file.Sha256));
        Assert.Equal(
            [".lock", "test-images.gz", "test-labels.gz", "train-images.gz", "train-labels.gz"],
            Directory.GetFiles(Path.Combine(folder.Path, "cache", "toy")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        DownloadProgress last = progress.Last(entry => entry.File == "train-images");
        Assert.Equal(last.Total, last.Received);
        Assert.Equal(server.Files["train-images.gz"].Length, last.Total);
    }

    [Fact]
    public void A_cut_download_is_gone_on_with()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        server.Cuts.Enqueue(10);
        server.Cuts.Enqueue(7);

        Read(Options(folder, server));

        Assert.Equal([("train-images.gz", 0), ("train-images.gz", 10), ("train-images.gz", 17)], server.Requests.Take(3));
    }

    [Fact]
    public void A_part_that_an_earlier_process_left_is_gone_on_with()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        folder.Write("cache/toy/train-images.gz.part", server.Files["train-images.gz"][..12]);

        Read(Options(folder, server));

        Assert.Equal(("train-images.gz", 12), server.Requests.First());
    }

    [Theory]
    [InlineData(12)]
    [InlineData(5000)]
    public void A_part_of_something_else_costs_one_more_download(int length)
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        folder.Write("cache/toy/train-images.gz.part", new byte[length]);

        Read(Options(folder, server));

        Assert.Equal([("train-images.gz", length), ("train-images.gz", 0)], server.Requests.Take(2));
    }

    [Fact]
    public void A_server_without_ranges_begins_again()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        server.Ranges = false;
        server.Cuts.Enqueue(10);

        SourceContent content = Read(Options(folder, server));

        Assert.Equal(Images[16..], content.Train.Values.Bytes!);
    }

    [Fact]
    public void A_mirror_without_the_file_or_with_another_is_passed_over()
    {
        using TempFolder folder = new();
        using MirrorServer empty = new();
        using MirrorServer lying = Server();
        using MirrorServer honest = Server();
        foreach (string name in lying.Files.Keys)
            lying.Files[name] = Craft.Gzip([1, 2, 3]);

        SourceContent content = Read(Options(folder, empty, lying, honest));

        Assert.Equal(Images[16..], content.Train.Values.Bytes!);
        Assert.Equal(4, honest.Requests.Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "cache", "toy"), "*.part"));
    }

    [Fact]
    public void When_every_mirror_fails_the_message_tells_each_ones_fault_and_what_to_do()
    {
        using TempFolder folder = new();
        using MirrorServer empty = new();
        using MirrorServer lying = Server();
        using MirrorServer dead = new();
        Uri nobody = dead.Address;
        dead.Dispose();
        lying.Files["train-images.gz"] = Craft.Gzip([1, 2, 3]);
        using MirrorServer endless = Server();
        endless.Files["train-images.gz"] = new byte[3_000_000];

        VaeException fault = Assert.Throws<VaeException>(() => Read(
            Options(folder) with { Mirrors = [empty.Address, lying.Address, nobody, endless.Address] }));

        Assert.Equal(DiagnosticTable.Data.NamedSetMissing, fault.Diagnostics[0].Code);
        Assert.DoesNotContain("\\n", fault.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains($"{empty.Address}train-images.gz: the server answers 404 NotFound", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{lying.Address}train-images.gz: the SHA-256 of the content is 039058c6", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{nobody}train-images.gz: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{endless.Address}train-images.gz: the server sends more than the file can hold", fault.Message, StringComparison.Ordinal);
        Assert.Contains("To put the files there by hand", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(folder.Path, "cache", "toy")), path => path.EndsWith(".gz", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_loads_at_once_download_once()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        DataLoadOptions options = Options(folder, server);

        SourceContent[] contents = new SourceContent[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => contents[i] = Read(options));

        Assert.Equal(4, server.Requests.Count);
        Assert.All(contents, content => Assert.Equal(Images[16..], content.Train.Values.Bytes!));
    }

    [Fact]
    public void Offline_every_place_is_listed()
    {
        using TempFolder folder = new();
        folder.Write("spec/data/toy/train-images", Images);

        VaeException fault = Assert.Throws<VaeException>(() => Read(Options(folder) with { Offline = true }));

        Assert.Equal(DiagnosticTable.Data.NamedSetMissing, fault.Diagnostics[0].Code);
        foreach (string place in new[]
        {
            $"{Path.Combine("data", "toy")} in {Path.Combine(folder.Path, "spec")} and in each folder above it",
            $"where {Path.Combine(folder.Path, "spec", "data", "toy")} lacks train-labels, test-images, test-labels;",
            "VAE_DATA, which is not set",
            Path.Combine(folder.Path, "cache", "toy"),
            Path.Combine("node_modules", "toy-data", "data"),
            Path.Combine(folder.Path, "system", "toy"),
            "offline",
            "train-images.gz, train-labels.gz, test-images.gz, test-labels.gz",
        })
        {
            Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_places_are_searched_in_their_order()
    {
        using TempFolder folder = new();
        DataLoadOptions options = Options(folder) with
        {
            Environment = name => name == "VAE_DATA" ? Path.Combine(folder.Path, "shared") : null,
        };
        string[] places =
        [
            "system/toy", "node_modules/toy-data/data", "spec/node_modules/toy-data/data", "cache/toy", "shared/toy", "data/toy", "spec/data/toy",
        ];
        Assert.Null(NamedSetSearch.Find(Set, options));
        foreach (string place in places)
        {
            foreach ((NamedFile file, byte[] content) in Set.Files.Zip(new[] { Images, Labels, Images, Labels }))
                folder.Write(Path.Combine(place, file.Name), content);
            Assert.Equal(Path.GetFullPath(Path.Combine(folder.Path, place, "train-images")), NamedSetSearch.Find(Set, options)![0]);
        }

        Assert.Equal([0, 1, 2, 3], Read(options).Train.Labels!);
    }

    [Fact]
    public void The_users_cache_is_where_the_system_has_it()
    {
        if (!OperatingSystem.IsLinux())
            return;
        DataLoadOptions options = new() { SpecDirectory = "/", Environment = name => name == "HOME" ? "/home/u" : null };

        Assert.Equal("/home/u/.cache/vae/data/toy", NamedSetSearch.CacheFolder(Set, options));
        Assert.Equal("/x/vae/data/toy", NamedSetSearch.CacheFolder(Set, options with { Environment = name => name == "XDG_CACHE_HOME" ? "/x" : "/home/u" }));
        Assert.Equal("/home/u/.cache/vae/data/toy", NamedSetSearch.CacheFolder(Set, options with { Environment = name => name == "XDG_CACHE_HOME" ? "relative" : "/home/u" }));
        Assert.Equal("/c/toy", NamedSetSearch.CacheFolder(Set, options with { CacheDirectory = "/c" }));
    }

    [Fact]
    public void A_file_that_is_not_what_the_name_says_is_refused_with_both_digests()
    {
        using TempFolder folder = new();
        byte[] other = [.. Images];
        other[^1] ^= 1;
        foreach ((NamedFile file, byte[] content) in Set.Files.Zip(new[] { other, Labels, Images, Labels }))
            folder.Write(Path.Combine("spec/data/toy", file.Name), content);

        VaeException fault = Assert.Throws<VaeException>(() => Read(Options(folder)));

        Assert.Equal(DiagnosticTable.Data.Digest, fault.Diagnostics[0].Code);
        Assert.EndsWith("train-images", fault.Diagnostics[0].Location!.File, StringComparison.Ordinal);
        Assert.Contains(Set.TrainImages.Sha256, fault.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(other)), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_refused_with_a_code()
    {
        using TempFolder folder = new();
        folder.Write("cache", "a file where the folder should be");

        VaeException fault = Assert.Throws<VaeException>(() => Read(Options(folder)));

        Assert.Equal(DiagnosticTable.Data.Unreadable, fault.Diagnostics[0].Code);
    }

    [Fact]
    public void A_cancelled_download_stops()
    {
        using TempFolder folder = new();
        using MirrorServer server = Server();
        using CancellationTokenSource source = new();
        DataLoadOptions options = Options(folder, server) with { Cancellation = source.Token, Progress = new Canceller(source) };

        Assert.ThrowsAny<OperationCanceledException>(() => Read(options));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_mirror_that_falls_silent_is_given_up()
    {
        using TempFolder folder = new();
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using MirrorClient client = new(null, TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Uri address = new($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/train-images.gz");

        Assert.False(client.TryDownload(address, Set.TrainImages, Path.Combine(folder.Path, "x.gz"), out string fault));
        Assert.Equal("nothing came for 0.1 seconds", fault);
    }

    [Fact]
    public void A_name_that_is_no_set_and_a_source_that_is_none_are_refused()
    {
        using TempFolder folder = new();

        VaeException set = Assert.Throws<VaeException>(() => DataSetLoader.Load(new DataSpec { Dataset = "toy", Shape = [4] }, Options(folder)));
        VaeException source = Assert.Throws<VaeException>(() => DataSetLoader.Load(new DataSpec { Source = "toy", Shape = [4] }, Options(folder)));

        Assert.Contains("mnist, fashion-mnist", set.Message, StringComparison.Ordinal);
        Assert.Contains("idx, csv, npy, npz, images", source.Message, StringComparison.Ordinal);
    }

    private static NamedFile File(string name, byte[] content) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);

    private static MirrorServer Server()
    {
        MirrorServer server = new();
        foreach ((NamedFile file, byte[] content) in Set.Files.Zip(new[] { Images, Labels, Images, Labels }))
            server.Files[file.Name + ".gz"] = Craft.Gzip(content);
        return server;
    }

    private static DataLoadOptions Options(TempFolder folder, params MirrorServer[] mirrors) => new()
    {
        SpecDirectory = Path.Combine(folder.Path, "spec"),
        CacheDirectory = Path.Combine(folder.Path, "cache"),
        SystemDirectory = Path.Combine(folder.Path, "system"),
        Environment = _ => null,
        Mirrors = [.. mirrors.Select(mirror => mirror.Address)],
    };

    private static SourceContent Read(DataLoadOptions options) => NamedSetReader.Read(
        Set,
        new SourceRequest(new DataSpec { Dataset = "toy", Shape = [1, 2, 2] }, long.MaxValue, options));

    private sealed class Recorder(List<DownloadProgress> entries) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => entries.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => source.Cancel();
    }
}
