namespace Vae.Artifacts.Lint;

/// <summary>Looks for one thing. A new one is a file in this folder, a line in <see cref="Linter"/> and a row of the diagnostics.</summary>
internal interface ILintRule
{
    /// <summary>What is found, or <c>null</c>; also where what it looks at was not measured.</summary>
    Finding? Check(LintSubject subject);
}
