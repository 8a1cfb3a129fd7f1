using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

public class DiagnosticTableTests
{
    [Fact]
    public void Every_code_is_unique_well_formed_and_explained()
    {
        Assert.Equal(DiagnosticTable.All.Count, DiagnosticTable.All.Select(code => code.Id).Distinct().Count());
        Assert.All(DiagnosticTable.All, code =>
        {
            Assert.Matches(@"^VAE[0-6]\d{3}$", code.Id);
            Assert.False(string.IsNullOrWhiteSpace(code.Title));
            Assert.EndsWith(".", code.Help, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_codes_that_people_quote_keep_their_numbers()
    {
        Assert.Equal("VAE1201", DiagnosticTable.Syntax.UnknownKey.Id);
        Assert.Equal("VAE1305", DiagnosticTable.Syntax.ParameterRange.Id);
        Assert.Equal("VAE2104", DiagnosticTable.Meaning.DecoderShape.Id);
    }
}
