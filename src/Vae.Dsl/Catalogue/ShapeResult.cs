using System.Diagnostics.CodeAnalysis;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Catalogue;

/// <summary>A shape, or a sentence that says why there is none and what to change.</summary>
public sealed class ShapeResult
{
    private ShapeResult(Shape? shape, string? error, DiagnosticCode? code)
    {
        Shape = shape;
        Error = error;
        Code = code;
    }

    /// <summary>The shape; <c>null</c> on failure.</summary>
    public Shape? Shape { get; }

    /// <summary>Why there is none; <c>null</c> on success.</summary>
    public string? Error { get; }

    /// <summary>The failure's own code; <c>null</c> for the one of all layers.</summary>
    public DiagnosticCode? Code { get; }

    /// <summary>Whether there is a shape.</summary>
    [MemberNotNullWhen(true, nameof(Shape))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsValid => Shape is not null;

    /// <summary>A success.</summary>
    public static ShapeResult Of(Shape shape) => new(shape, null, null);

    /// <summary>A failure.</summary>
    public static ShapeResult Fail(string error, DiagnosticCode? code = null) => new(null, error, code);
}
