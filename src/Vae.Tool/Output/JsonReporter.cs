using System.Globalization;
using System.Text.Json;
using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Output;

/// <summary>One JSON object a line: what <c>--json</c> prints and the MSBuild task reads.</summary>
internal sealed class JsonReporter(TextWriter output) : ITrainingReporter
{
    private readonly JsonEvents events = new(output);

    public void Report(Diagnostic diagnostic) => events.Report(diagnostic);

    public void Reads(IReadOnlyList<string> paths) => Write("inputs", json =>
    {
        json.WriteStartArray("inputs");
        foreach (string path in paths)
            json.WriteStringValue(path);
        json.WriteEndArray();
    });

    public void StartsFrom(InputRecord inputs, IReadOnlyList<KeyValuePair<string, string>> asked) => Write("fingerprint", json =>
    {
        json.WriteString("fingerprint", inputs.Fingerprint);
        json.WriteStartObject("values");
        foreach ((string name, string value) in asked)
            json.WriteString(name, value);
        json.WriteString("spec", inputs.Spec);
        foreach (DataFileDigest file in inputs.Data)
            json.WriteString(file.Name, file.Sha256);
        json.WriteString("device", inputs.Device);
        json.WriteString("trainer", inputs.Trainer.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });

    public void Waits(LockOwner? owner, string what) => Write("waiting", json => json.WriteString("text", $"{owner?.ToString() ?? "another process"}, {what}"));

    public void Trains(Spec spec, IReadOnlyList<string> reasons) => Write("reason", json =>
    {
        json.WriteString("spec", spec.Name);
        json.WriteString("text", string.Join("; ", reasons));
    });

    public void Restored(Spec spec, string output, string store) => Write("restored", json =>
    {
        json.WriteString("spec", spec.Name);
        json.WriteString("output", output);
        json.WriteString("store", store);
    });

    public void Leaves(IReadOnlyDictionary<string, string> outputs) => Write("outputs", json =>
    {
        json.WriteStartObject("files");
        foreach ((string path, string sha256) in outputs)
            json.WriteString(path, sha256);
        json.WriteEndObject();
    });

    public void Note(Spec spec, string text) => Write("note", json =>
    {
        json.WriteString("spec", spec.Name);
        json.WriteString("message", text);
    });

    public void UpToDate(Spec spec, string output) => Write("up-to-date", json =>
    {
        json.WriteString("spec", spec.Name);
        json.WriteString("output", output);
    });

    public void Resumes(string checkpoint, int epoch) => WriteCheckpoint("resume", checkpoint, epoch);

    // Of interest to people only.
    public void IgnoresCheckpoint(string checkpoint)
    {
    }

    public void Keeps(string checkpoint, int epoch) => WriteCheckpoint("checkpoint", checkpoint, epoch);

    public TrainingResult Run(Spec spec, int threads, string device, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        Write("start", json =>
        {
            json.WriteString("spec", spec.Name);
            json.WriteNumber(spec.Train.Unit == TimeUnit.Epochs ? "epochs" : "steps", spec.Train.Length);
            json.WriteNumber("parameters", spec.ParameterCount);
            json.WriteNumber("threads", threads);
            json.WriteString("device", device);
        });
        return train(new Relay(Epoch));
    }

    public void Done(TrainingResult result, string output) => Write("done", json =>
    {
        json.WriteString("spec", result.Spec.Name);
        json.WriteString("output", output);
        json.WriteNumber("seconds", Math.Round(result.Run.Seconds, 3));
        json.WriteStartObject("metrics");
        foreach ((string name, double value) in result.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            json.WriteNumber(name, value);
        json.WriteEndObject();
    });

    public void Abstract(string specPath) => Write("abstract", json => json.WriteString("spec", specPath));

    /// <summary>The class of a spec was written, or is as it was.</summary>
    public void Class(string specPath, string file) => Write("class", json =>
    {
        json.WriteString("spec", specPath);
        json.WriteString("file", file);
    });

    public void Point(SweepPoint point, int number, int count) => Write("point", json =>
    {
        json.WriteString("spec", point.Name);
        json.WriteNumber("point", number);
        json.WriteNumber("of", count);
        json.WriteStartObject("values");
        foreach ((string parameter, string value) in point.Values)
            json.WriteString(parameter, value);
        json.WriteEndObject();
    });

    public void Swept(IReadOnlyList<SweepOutcome> outcomes, int count, string path) => Write("sweep", json =>
    {
        json.WriteString("output", path);
        json.WriteNumber("of", count);
        json.WriteNumber("trained", outcomes.Count(outcome => !outcome.Failed));
        json.WriteNumber("failed", outcomes.Count(outcome => outcome.Failed));
    });

    private void Epoch(TrainingProgress progress)
    {
        if (!progress.EpochDone)
            return;
        Write("epoch", json =>
        {
            json.WriteNumber("epoch", progress.Epoch);
            json.WriteNumber("of", progress.Epochs);
            json.WriteNumber("loss", progress.Loss);
            json.WriteNumber("reconstruction", progress.Reconstruction);
            json.WriteNumber("kl", progress.Kl);
            json.WriteNumber("seconds", Math.Round(progress.Seconds, 3));
            json.WriteNumber("left", Math.Round(TimeLeft.Seconds(progress), 3));
        });
    }

    private void WriteCheckpoint(string name, string checkpoint, int epoch) => Write(name, json =>
    {
        json.WriteString("checkpoint", checkpoint);
        json.WriteNumber("epoch", epoch);
    });

    private void Write(string name, Action<Utf8JsonWriter> properties) => events.Write(name, properties);
}
