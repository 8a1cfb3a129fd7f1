using System.Runtime.InteropServices;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary><c>run.json</c>: what varies from run to run and machine to machine. No fingerprint, manifest or snapshot covers it.</summary>
internal static class RunJson
{
    public static string Write(RunFacts run) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("device", run.Device);
        json.WriteStartArray("epochSeconds");
        foreach (double seconds in run.EpochSeconds)
            json.WriteNumberValue(Math.Round(seconds, 4));
        json.WriteEndArray();
        json.WriteStartObject("machine");
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteEndObject();
        if (run.OnnxDifference is double difference)
            json.Number("onnxDifference", difference);
        json.Number("seconds", Math.Round(run.Seconds, 4));
        json.WriteNumber("threads", run.Threads);
        json.WriteEndObject();
    });
}
