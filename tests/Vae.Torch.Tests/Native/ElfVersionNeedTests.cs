using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

public class ElfVersionNeedTests
{
    private static readonly (string Reason, Action<CraftedElf> Bend)[] Lies =
    [
        ("mark", elf => elf.Put16(0, 0)),
        ("64-bit little-endian", elf => elf.Bytes[4] = 1),
        ("64-bit little-endian", elf => elf.Bytes[5] = 2),
        ("64-bit little-endian", elf => elf.Bytes[6] = 9),
        ("shared library", elf => elf.Put16(16, 2)),
        ("processor", elf => elf.Put16(18, 40)),
        ("section headers", elf => elf.Put64(40, ulong.MaxValue)),
        ("section headers", elf => elf.Put64(40, ulong.MaxValue - 63)),
        ("section headers", elf => elf.Put16(58, 40)),
        ("section headers", elf => elf.Put16(60, 0)),
        ("section headers", elf => elf.Put16(60, ushort.MaxValue)),
        ("outside the file", elf => elf.Put64(CraftedElf.HeaderOf(2) + 24, ulong.MaxValue)),
        ("outside the file", elf => elf.Put64(CraftedElf.HeaderOf(2) + 32, ulong.MaxValue)),
        ("outside the file", elf => elf.Put64(CraftedElf.HeaderOf(3) + 24, 1UL << 63)),
        ("names of its versions", elf => elf.Put32(CraftedElf.HeaderOf(2) + 40, 77)),
        ("names of its versions", elf => elf.Put32(CraftedElf.HeaderOf(2) + 40, uint.MaxValue)),
        ("names of its versions", elf => elf.Put64(CraftedElf.HeaderOf(1) + 24, ulong.MaxValue)),
        ("unknown layout", elf => elf.Put16(CraftedElf.SecondNeed, 2)),
        ("outside its section", elf => elf.Put32(CraftedElf.SecondNeed + 8, uint.MaxValue)),
        ("leads nowhere", elf => elf.Put32(CraftedElf.FirstNeed + 12, uint.MaxValue)),
        ("leads nowhere", elf => elf.Put32(CraftedElf.FirstNeed + 12, 1)),
        ("length it states", elf => elf.Put16(CraftedElf.SecondNeed + 2, 3)),
        ("length it states", elf => elf.Put16(CraftedElf.SecondNeed + 2, 1)),
        ("overlaps itself", elf => elf.Put32(CraftedElf.WantedAuxiliary - 16 + 12, 2)),
        ("outside the string table", elf => elf.Put32(CraftedElf.WantedAuxiliary + 8, uint.MaxValue)),
        ("may be called", elf => elf.Put16(CraftedElf.VersionOfCalledSymbol, 2)),
        ("differ in number", elf => elf.Put64(CraftedElf.HeaderOf(4) + 32, 4)),
        ("which symbols", elf => elf.Put32(CraftedElf.HeaderOf(4) + 4, 1)),
    ];

    public static IEnumerable<object[]> ReasonOfEachLie => Lies.Select((lie, index) => new object[] { index, lie.Reason });

    [Fact]
    public void Only_the_flags_of_the_named_version_change()
    {
        byte[] before = new CraftedElf().Bytes;
        byte[] after = [.. before];

        ElfVersionNeedResult result = MarkWeak(after);

        Assert.Equal(ElfVersionNeedStatus.Changed, result.Status);
        Assert.Equal(2, after[CraftedElf.FlagsOfWanted]);
        after[CraftedElf.FlagsOfWanted] = 0;
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        byte[] once = new CraftedElf().Bytes;
        MarkWeak(once);
        byte[] twice = [.. once];

        Assert.Equal(ElfVersionNeedStatus.AlreadyWeak, MarkWeak(twice).Status);
        Assert.Equal(once, twice);
    }

    [Fact]
    public void Other_flags_are_kept()
    {
        byte[] file = new CraftedElf().Put16(CraftedElf.FlagsOfWanted, 0x8001).Bytes;

        MarkWeak(file);

        Assert.Equal([0x03, 0x80], file[CraftedElf.FlagsOfWanted..(CraftedElf.FlagsOfWanted + 2)]);
    }

    [Fact]
    public void A_version_that_is_not_needed_is_not_found()
    {
        byte[] file = new CraftedElf().Bytes;

        ElfVersionNeedResult result = ElfVersionNeed.MarkWeak(file, "GLIBCXX_3.4.3", CraftedElf.Uncalled);

        Assert.Equal(ElfVersionNeedStatus.NotFound, result.Status);
        Assert.Equal(new CraftedElf().Bytes, file);
    }

    [Fact]
    public void An_AArch64_library_is_edited_too()
    {
        Assert.Equal(ElfVersionNeedStatus.Changed, MarkWeak(new CraftedElf().Put16(18, 183).Bytes).Status);
    }

    [Fact]
    public void Every_truncated_file_is_refused_and_left_alone()
    {
        byte[] whole = new CraftedElf().Bytes;
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];

            ElfVersionNeedResult result = MarkWeak(cut);

            Assert.Equal(ElfVersionNeedStatus.Refused, result.Status);
            Assert.NotEmpty(result.Reason);
            Assert.Equal(whole[..length], cut);
        }
    }

    [Theory]
    [MemberData(nameof(ReasonOfEachLie))]
    public void A_file_that_lies_is_refused_with_the_reason_and_left_alone(int lie, string reason)
    {
        CraftedElf elf = new();
        Lies[lie].Bend(elf);
        byte[] before = [.. elf.Bytes];

        ElfVersionNeedResult result = MarkWeak(elf.Bytes);

        Assert.Equal(ElfVersionNeedStatus.Refused, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(before, elf.Bytes);
    }

    [Fact]
    public void Any_single_wrong_byte_neither_throws_nor_touches_more_than_two_bytes()
    {
        byte[] whole = new CraftedElf().Bytes;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte wrong in (byte[])[0x00, 0x01, 0x7f, 0x80, 0xff])
            {
                byte[] file = [.. whole];
                file[at] = wrong;
                byte[] before = [.. file];

                ElfVersionNeedResult result = MarkWeak(file);

                int differing = before.Zip(file).Count(pair => pair.First != pair.Second);
                Assert.InRange(differing, 0, result.Status == ElfVersionNeedStatus.Changed ? 2 : 0);
            }
        }
    }

    private static ElfVersionNeedResult MarkWeak(byte[] file) => ElfVersionNeed.MarkWeak(file, CraftedElf.Wanted, CraftedElf.Uncalled);
}
