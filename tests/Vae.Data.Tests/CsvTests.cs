using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class CsvTests
{
    private static readonly DataSpec Spec = new() { Source = "csv", Path = "t.csv", Shape = [2], Scale = Scaling.None };

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("en-US")]
    public void Numbers_have_a_point_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            using TempFolder folder = new();
            folder.Write("t.csv", "a,b\n1.5,-2e-1\n 3 ,.25\n");

            Assert.Equal([[1.5f, -0.2f], [3, 0.25f]], Loading.Values(Loading.Load(folder, Spec).Train));
            folder.Write("t.csv", "a;b\n1,5;2\n");
            Loading.Refused(folder, Spec, DiagnosticTable.Data.BadNumber, "t.csv", "'a'", "'1,5'");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("0\n2\n1", 3, null)]
    [InlineData("0\n1\n0", 3, null)]
    [InlineData("0\n3\n1", 3, "label 1 (from 0) is 3, and class numbers begin with 0; write 'classes: 4'")]
    [InlineData("cat\ndog\nox", 3, null)]
    [InlineData("cat\ndog\nox", 2, "there are 3 labels: cat, dog, ox; write 'classes: 3'")]
    public void The_spec_s_number_of_classes_holds(string labels, int classes, string? refusal)
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "kind,a\n" + string.Concat(labels.Split('\n').Select((label, i) => $"{label},{i}\n")));
        DataSpec spec = new() { Source = "csv", Path = "t.csv", Labels = "kind", Classes = classes, Shape = [1] };

        if (refusal is null)
            Assert.Equal(classes, Loading.Load(folder, spec).Classes);
        else
            Loading.Refused(folder, spec, DiagnosticTable.Data.LabelRange, "t.csv", refusal);
    }

    [Fact]
    public void Columns_are_chosen_by_name_and_labels_by_theirs()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "\uFEFFid,\"weight, kg\",size,kind\r\nx1,1,2,cat\r\nx2,3,4,ape\r\nx3,5,6,\"cat\"\r\n");

        DataSet set = Loading.Load(folder, Spec with { Columns = ["size", "weight, kg"], Labels = "kind" });

        Assert.Equal([[2, 1], [4, 3], [6, 5]], Loading.Values(set.Train));
        Assert.Equal([1, 0, 1], set.Train.Labels!);
        Assert.Equal(["ape", "cat"], set.LabelNames!);
        Assert.Equal(2, set.Classes);
    }

    [Fact]
    public void Whole_numbers_are_class_numbers_as_they_are()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "a,b,c\n1,2,4\n3,4,0\n");

        DataSet set = Loading.Load(folder, Spec with { Labels = "c" });

        Assert.Equal([4, 0], set.Train.Labels!);
        Assert.Equal(5, set.Classes);
        Assert.Null(set.LabelNames);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\n", "VAE3010", 3, "column 'b' is empty")]
    [InlineData("a,b\n1,2\n3,x\n", "VAE3010", 3, "column 'b' holds 'x', which is no number")]
    [InlineData("a,b\n1,NaN\n", "VAE3010", 2, "column 'b' holds NaN")]
    [InlineData("a,b\n-Infinity,1\n", "VAE3010", 2, "column 'a' holds -Infinity")]
    [InlineData("a,b\n1e39,1\n", "VAE3010", 2, "column 'a' holds 1e39")]
    [InlineData("a,b\n1,2\n3,4,5\n", "VAE3011", 3, "the row has 3 fields, the header 2")]
    [InlineData("a,b\n\n1,2\n3\n", "VAE3011", 4, "the row has 1 fields")]
    [InlineData("a,b,c\n1,2,\"x\ny\"\n3,q,z\n", "VAE3010", 4, "'q'")]
    [InlineData("1,2\n3,4\n", "VAE3012", 1, "the first line holds numbers")]
    [InlineData("a,b\n1,\"2\n3,4\n", "VAE3005", 2, "quote")]
    [InlineData("a,b\n1,2\"2\n", "VAE3005", 2, "quote")]
    public void A_bad_row_is_named_with_its_line_and_column(string text, string code, int line, string message)
    {
        using TempFolder folder = new();
        folder.Write("t.csv", text);
        DataSpec spec = text.StartsWith("a,b,c", StringComparison.Ordinal) ? Spec with { Columns = ["a", "b"] } : Spec;

        VaeException fault = Assert.Throws<VaeException>(() => Loading.Load(folder, spec));

        Assert.Equal((code, line), (fault.Diagnostics[0].Code.Id, fault.Diagnostics[0].Location!.Line));
        Assert.Contains(message, fault.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused_with_those_that_are()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "a,b,b\n1,2,3\n");

        Loading.Refused(folder, Spec with { Columns = ["a", "c"] }, DiagnosticTable.Data.Column, "t.csv", "'c'", "a, b, b");
        Loading.Refused(folder, Spec with { Labels = "kind" }, DiagnosticTable.Data.Column, "t.csv", "'kind'");
        Loading.Refused(folder, Spec with { Columns = ["a", "b"] }, DiagnosticTable.Data.Column, "t.csv", "two columns 'b'");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.ShapeMismatch, "t.csv", "[3]", "[2]");
        folder.Write("t.csv", "a,b\n");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Empty, "t.csv");
        folder.Write("t.csv", "");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Empty, "t.csv");
        folder.Write("t.csv", "a,b,c\n1,2,\n");
        Loading.Refused(folder, Spec with { Labels = "c" }, DiagnosticTable.Data.LabelValue, "t.csv", "'c' is empty");
    }

    [Fact]
    public void A_table_is_scaled_by_what_the_training_split_holds()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "a,b\n0,0.1\n10,0.1\n5,0.1\n");

        Assert.Equal([[0, 0], [1, 0], [0.5f, 0]], Loading.Values(Loading.Load(folder, Spec with { Scale = Scaling.Unit }).Train));
        Assert.Equal([[-1, 0], [1, 0], [0, 0]], Loading.Values(Loading.Load(folder, Spec with { Scale = Scaling.Symmetric }).Train));
        float deviation = MathF.Sqrt(50f / 3);
        float[][] standard = Loading.Values(Loading.Load(folder, Spec with { Scale = Scaling.Standard }).Train);
        Assert.All(standard, row => Assert.Equal(0, row[1]));
        Assert.Equal([-5 / deviation, 5 / deviation, 0], standard.Select(row => row[0]), (x, y) => MathF.Abs(x - y) < 1e-6f);
    }
}
