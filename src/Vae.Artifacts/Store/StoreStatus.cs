namespace Vae.Artifacts.Store;

/// <summary>What a store has for a fingerprint.</summary>
public enum StoreStatus
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Something that is cut off or altered. It was dropped.</summary>
    Broken,

    /// <summary>A whole model.</summary>
    Found,
}
