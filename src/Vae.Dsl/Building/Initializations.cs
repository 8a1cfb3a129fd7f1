namespace Vae.Dsl.Building;

/// <summary>What weights are drawn from before training. What is <c>null</c> takes the catalogue's default.</summary>
public static class Initializations
{
    /// <summary>PyTorch's default: uniform on ±1/√fan-in.</summary>
    public static Component PyTorch() => ComponentCall.Written("Initializations.PyTorch", "pytorch");

    /// <summary>Uniform on ±gain · √(6 / (fan-in + fan-out)): Glorot and Bengio 2010.</summary>
    public static Component XavierUniform(double? gain = null, string? bias = null) => ComponentCall.Written("Initializations.XavierUniform", "xavier-uniform", ("gain", gain), ("bias", bias));

    /// <summary>Normal with the standard deviation gain · √(2 / (fan-in + fan-out)): Glorot and Bengio 2010.</summary>
    public static Component XavierNormal(double? gain = null, string? bias = null) => ComponentCall.Written("Initializations.XavierNormal", "xavier-normal", ("gain", gain), ("bias", bias));

    /// <summary>Uniform on ±gain · √(3 / fan-in): He et al. 2015, arXiv:1502.01852.</summary>
    public static Component KaimingUniform(double? gain = null, string? bias = null) => ComponentCall.Written("Initializations.KaimingUniform", "kaiming-uniform", ("gain", gain), ("bias", bias));

    /// <summary>Normal with the standard deviation gain / √fan-in: He et al. 2015, arXiv:1502.01852.</summary>
    public static Component KaimingNormal(double? gain = null, string? bias = null) => ComponentCall.Written("Initializations.KaimingNormal", "kaiming-normal", ("gain", gain), ("bias", bias));

    /// <summary>Normal with one standard deviation for all: Radford et al. 2016, arXiv:1511.06434.</summary>
    public static Component Normal(double? std = null, string? bias = null) => ComponentCall.Written("Initializations.Normal", "normal", ("std", std), ("bias", bias));
}
