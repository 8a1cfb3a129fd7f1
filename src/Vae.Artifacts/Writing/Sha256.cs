using System.Security.Cryptography;
using System.Text;

namespace Vae.Artifacts.Writing;

/// <summary>SHA-256 in the form that all artifacts use: lower-case hexadecimal.</summary>
internal static class Sha256
{
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
