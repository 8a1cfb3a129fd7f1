using Microsoft.ML.OnnxRuntime;

namespace Vae.Runtime;

/// <summary>How a model is run.</summary>
public sealed class OnnxVaeOptions
{
    /// <summary>Threads of one call; <c>null</c> for as many as the processor has cores. A server that answers many calls at once does best with 1.</summary>
    public int? Threads { get; set; }

    /// <summary>
    /// Called with the options of each session before it is made, for what only ONNX Runtime knows: execution providers, arenas, logging.
    /// </summary>
    public Action<SessionOptions>? Configure { get; set; }
}
