namespace Vae.Torch.Native;

/// <summary>The outcomes of <see cref="ElfVersionNeed.MarkWeak"/>.</summary>
internal enum ElfVersionNeedStatus
{
    /// <summary>The need is weak now.</summary>
    Changed,

    /// <summary>The need was weak before; nothing was written.</summary>
    AlreadyWeak,

    /// <summary>The file has no such need; nothing was written.</summary>
    NotFound,

    /// <summary>The file is not what we know how to edit; nothing was written.</summary>
    Refused,
}
