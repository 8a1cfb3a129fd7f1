#!/usr/bin/env dotnet

// How long a build takes in which nothing is to be trained: a console project with 0, 1, 10 and 50 specs that were trained before (by the tests'
// stand-in for the trainer). Medians of several builds, taken in turn, so that a busy minute of the machine does not fall on one of them.
// dotnet build VaeDsl.sln && dotnet run bench/up-to-date-build.cs -- 7
using System.Diagnostics;
using System.Globalization;

int[] counts = [0, 1, 10, 50];
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
string root = Directory.GetCurrentDirectory();
string trainer = Path.Combine(root, "tests", "Vae.FakeTrainer", "bin", "Debug", "net10.0", "vae.dll");
string build = Path.Combine(root, "src", "Vae.MsBuild");
if (!File.Exists(trainer))
{
    Console.Error.WriteLine($"There is no {trainer}. Run 'dotnet build VaeDsl.sln' first, and this in the repository's folder.");
    return 1;
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("vae bench");
try
{
    foreach (int count in counts)
    {
        string project = ProjectOf(count);
        Directory.CreateDirectory(Path.Combine(project, "specs"));
        await File.WriteAllTextAsync(Path.Combine(project, "Directory.Build.props"), $"<Project><Import Project=\"{build}/build/Vae.MsBuild.props\" /><PropertyGroup><VaeCacheDirectory>{project}/store</VaeCacheDirectory></PropertyGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(project, "Directory.Build.targets"), $"""
            <Project>
              <PropertyGroup>
                <_VaeTaskAssembly>{build}/bin/Debug/netstandard2.0/Vae.MsBuild.dll</_VaeTaskAssembly>
                <VaeToolPath>{trainer}</VaeToolPath>
              </PropertyGroup>
              <Import Project="{build}/build/Vae.MsBuild.targets" />
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><Reference Include="{root}/src/Vae.Runtime/bin/Debug/netstandard2.0/Vae.Runtime.dll" /></ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), "System.Console.WriteLine();\n");
        for (int number = 1; number <= count; number++)
            await File.WriteAllTextAsync(Path.Combine(project, "specs", $"spec{number}.vae.yaml"), "vae: 1\n");
        await BuildAsync(count);
        await BuildAsync(count, "--no-restore");
    }

    Dictionary<int, List<double>> seconds = counts.ToDictionary(count => count, _ => new List<double>());
    for (int round = 0; round < rounds; round++)
    {
        foreach (int count in counts)
            seconds[count].Add(await BuildAsync(count, "--no-restore"));
    }

    Console.WriteLine("| specs | an up-to-date build, s | the fastest of them | more than without specs |");
    Console.WriteLine("|---|---|---|---|");
    foreach (int count in counts)
    {
        double fastest = seconds[count].Min();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {Median(seconds[count]):F2} | {fastest:F2} | {fastest - seconds[0].Min():F2} |"));
    }

    return 0;
}
finally
{
    folder.Delete(recursive: true);
}

string ProjectOf(int count) => Path.Combine(folder.FullName, count.ToString(CultureInfo.InvariantCulture));

async Task<double> BuildAsync(int count, params string[] options)
{
    ProcessStartInfo start = new(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet", ["build", ProjectOf(count), "-v:q", "-nologo", "-tl:off", .. options])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };
    start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    long began = Stopwatch.GetTimestamp();
    using Process process = Process.Start(start)!;
    string output = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException(output);
}

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    int middle = sorted.Length / 2;
    return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
