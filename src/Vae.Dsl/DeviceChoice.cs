namespace Vae.Dsl;

/// <summary>Where tensors live.</summary>
public enum DeviceChoice
{
    /// <summary>CUDA where the loaded libtorch has it, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA device; an error where there is none.</summary>
    Cuda,
}
