using System.Text.Json.Serialization;

namespace Vae.Artifacts.Writing;

/// <summary>Lists in the metadata, without reflection: file-based C# programs have none for JSON.</summary>
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class UnitsJson : JsonSerializerContext;
