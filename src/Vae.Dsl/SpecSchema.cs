using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Dsl.Schema;

namespace Vae.Dsl;

/// <summary>
/// The JSON Schema (draft-07) of the language, made from the grammar and the catalogues: what editors complete, explain and underline
/// with. It knows keys, types, bounds and choices; shapes, and what belongs together, only <see cref="SpecLoader"/> knows.
/// </summary>
public static class SpecSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // β and σ stay readable; the text goes into a file, not into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text with a line feed at its end, the same on every machine.</summary>
    public static string ToJson()
    {
        JsonObject schema = new SchemaBuilder().Build();
        return schema.ToJsonString(Options) + "\n";
    }
}
