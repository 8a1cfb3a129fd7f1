namespace Vae.Tool;

/// <summary>Which half of libtorch a training must have.</summary>
internal enum Backend
{
    /// <summary>The processor's, and no graphics card though there is one.</summary>
    Cpu,

    /// <summary>CUDA: where it is missing that is an error, and nothing is trained on the processor instead.</summary>
    Cuda,
}
