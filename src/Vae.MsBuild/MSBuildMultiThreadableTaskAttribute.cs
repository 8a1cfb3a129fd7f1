#pragma warning disable IDE0130 // MSBuild looks for this very namespace and name.
namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task may share its process with others. MSBuild matches the attribute by its full name, so a copy of our own
/// lets a task built against an older MSBuild take part.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
