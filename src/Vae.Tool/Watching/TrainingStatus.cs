using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Tool.Watching;

/// <summary>How far a training is, as its progress file says: one JSON object.</summary>
internal sealed record TrainingStatus
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // A loss may become infinite before the training is ended for it.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter<TrainingStage>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The spec's name.</summary>
    public required string Spec { get; init; }

    /// <summary>The folder that the model will be in, a full path.</summary>
    public required string Output { get; init; }

    /// <summary>What it does.</summary>
    public TrainingStage Stage { get; init; }

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>How many epochs there are, unless early stopping ends it before; 0 before the first.</summary>
    public int Of { get; init; }

    /// <summary>The share of the training that is done, 0 to 1.</summary>
    public double Done { get; init; }

    /// <summary>The loss, a mean over the epoch so far.</summary>
    public double Loss { get; init; }

    /// <summary>The reconstruction term.</summary>
    public double Reconstruction { get; init; }

    /// <summary>The KL divergence, before its weight.</summary>
    public double Kl { get; init; }

    /// <summary>The validation split's loss after the last epoch; <c>null</c> where there is none.</summary>
    public double? Validation { get; init; }

    /// <summary>Seconds since the first step.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds until the last step, at the pace so far.</summary>
    public double Left { get; init; }

    /// <summary>The process that trains.</summary>
    public int Pid { get; init; } = Environment.ProcessId;

    /// <summary>Its machine.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>What a file says; <c>null</c> where it says something else, or is not there.</summary>
    public static TrainingStatus? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingStatus>(File.ReadAllBytes(path), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a progress file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
