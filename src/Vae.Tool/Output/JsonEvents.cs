using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Output;

/// <summary>Writes events for programs: one flat JSON object a line, whose member <c>event</c> says what happened.</summary>
internal sealed class JsonEvents(TextWriter output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock gate = new();

    /// <summary>An event of a name with properties.</summary>
    public void Write(string name, Action<Utf8JsonWriter> properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            properties(json);
            json.WriteEndObject();
        }

        lock (gate)
        {
            output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
            output.Flush();
        }
    }

    /// <summary>Something is wrong, or worth a warning.</summary>
    public void Report(Diagnostic diagnostic) => Write("diagnostic", json =>
    {
        json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        json.WriteString("code", diagnostic.Code.Id);
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Location is not { } location)
            return;
        json.WriteString("file", location.Line > 0 ? Path.GetFullPath(location.File) : location.File);
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
        json.WriteNumber("endLine", location.EndLine);
        json.WriteNumber("endColumn", location.EndColumn);
    });
}
