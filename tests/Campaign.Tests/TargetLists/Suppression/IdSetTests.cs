using System.Globalization;
using System.Text;
using Campaign.Modules.TargetLists.Suppression;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.TargetLists.Suppression;

public sealed class IdSetTests
{
    [Fact]
    public void Ids_are_the_same_only_character_for_character_but_for_white_space_around_them()
    {
        var ids = IdSet.Of(["0012", " 0012\t", "A1", "\u00A0é ", "", "  ", "A1"]);

        Assert.Equal(["0012", "A1", "é"], ids);
        Assert.True(ids.Contains("0012 "));
        Assert.True(ids.Contains("é"));
        Assert.All(["12", "00012", "a1", "A1 2", "e\u0301", "", " "], other => Assert.False(ids.Contains(other)));
        Assert.Equal((0, -1), (ids.NumberOf("0012"), ids.NumberOf("12")));
    }

    [Fact]
    public void It_answers_as_a_set_of_texts_does_however_many_and_however_long_they_are()
    {
        var random = new Random(3);
        string Some() => random.Next(200_000).ToString(CultureInfo.InvariantCulture) + new string('x', random.Next(100) == 0 ? random.Next(2000) : random.Next(4));
        var expected = Enumerable.Range(0, 50_000).Select(_ => Some()).ToHashSet();

        var ids = IdSet.Of(expected);

        Assert.Equal(expected.Count, ids.Count);
        Assert.All(Enumerable.Range(0, 50_000).Select(_ => Some()).Concat(expected), id => Assert.Equal(expected.Contains(id), ids.Contains(id)));
        Assert.True(ids.SetEquals(expected));
    }

    [Fact]
    public void What_was_saved_is_loaded_with_the_same_numbers_and_a_changed_file_is_not()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("ids.txt");
        var ids = IdSet.Of(Enumerable.Range(0, 1000).Select(number => $"id {number}, \"ü\""));

        var hash = ids.Save(path);
        var loaded = IdSet.Load(path, hash);

        Assert.Equal(ids, loaded);
        Assert.Equal(999, loaded.NumberOf("id 999, \"ü\""));
        Assert.Equal((1000, true), loaded.Add("another"));
        File.AppendAllText(path, "x\n", Encoding.UTF8);
        Assert.Throws<InvalidDataException>(() => IdSet.Load(path, hash));
    }

    [Fact]
    public void An_id_with_a_line_feed_is_none() => Assert.Throws<ArgumentException>(() => new IdSet().Add("a\nb"));
}
