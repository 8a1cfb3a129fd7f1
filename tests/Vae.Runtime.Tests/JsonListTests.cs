using System.Text.Json;
using FsCheck.Xunit;

namespace Vae.Runtime.Tests;

public class JsonListTests
{
    [Property]
    public bool Numbers_read_back_as_they_were_written(double[] numbers)
    {
        double[] finite = [.. numbers.Where(double.IsFinite)];
        return JsonList.Numbers(JsonSerializer.Serialize(finite)).SequenceEqual(finite);
    }

    [Property]
    public bool Texts_read_back_as_they_were_written(string?[] texts)
    {
        // A lone surrogate becomes U+FFFD in JSON already.
        string[] written = [.. texts.Select(text => JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text ?? ""))!)];
        return JsonList.Texts(JsonSerializer.Serialize(written)).SequenceEqual(written);
    }

    [Theory]
    [InlineData("[\"a, \\\"b\\\"]\", \"c\\\\\", \"\\u00b0\\n\"]", new[] { "a, \"b\"]", "c\\", "°\n" })]
    [InlineData(" [ ] ", new string[0])]
    public void Quotes_and_escapes_are_read(string json, string[] expected) => Assert.Equal(expected, JsonList.Texts(json));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[\"a]")]
    [InlineData("[\"a\\\"]")]
    [InlineData("[\"\\q\"]")]
    [InlineData("[\"\\u12\"]")]
    public void What_is_no_list_of_texts_is_refused(string json) => Assert.Throws<FormatException>(() => JsonList.Texts(json));

    [Theory]
    [InlineData("[1,]")]
    [InlineData("[\"1\"]")]
    [InlineData("1")]
    public void What_is_no_list_of_numbers_is_refused(string json) => Assert.Throws<FormatException>(() => JsonList.Numbers(json));
}
