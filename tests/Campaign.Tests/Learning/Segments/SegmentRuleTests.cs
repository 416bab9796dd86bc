using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;
using Xunit;

namespace Campaign.Tests.Learning.Segments;

public sealed class SegmentRuleTests
{
    [Fact]
    public void A_rule_is_told_in_plain_words_that_are_the_rule()
    {
        var rule = new SegmentRule(
        [
            new NumberCondition("age", 45, FromCounts: true, 60, ToCounts: true),
            new NumberCondition("savings", 20_000, FromCounts: false, null, ToCounts: false),
            new NumberCondition("ratio", 0.1f, FromCounts: true, 16_777_217.5f, ToCounts: false),
            new DateCondition("opened", new DateOnly(2019, 3, 1), null),
            new CategoryCondition("job", ["clerk", "pilot", "teacher"]),
            new CategoryCondition("region", ["north", "south"], Excluded: true),
            new PresenceCondition("income", IsMissing: true),
        ]);

        Assert.Equal(
            "age 45 to 60, savings over 20,000, ratio at least 0.1 and below 16,777,218, opened from 2019-03-01, job is clerk, pilot or teacher, region is neither north nor south, income is missing",
            rule.Sentence);
        Assert.Equal("everybody", new SegmentRule([]).Sentence);
    }

    [Fact]
    public void A_bound_written_like_a_cell_counts_or_not_as_the_rule_says()
    {
        using var invented = new InventedTable(("fee", ColumnKind.Number, new[] { 0.1f, 0.2f, 0.3f, float.NaN, float.PositiveInfinity }));

        Assert.Equal([true, true, false, false, false], Matches(new NumberCondition("fee", 0.1f, FromCounts: true, 0.2f, ToCounts: true)));
        Assert.Equal([false, true, false, false, false], Matches(new NumberCondition("fee", 0.1f, FromCounts: false, 0.3f, ToCounts: false)));
        Assert.Equal([false, false, true, false, true], Matches(new NumberCondition("fee", 0.2f, FromCounts: false, null, ToCounts: false)));

        bool[] Matches(SegmentCondition condition) => new SegmentRule([condition]).Matches(invented.Table);
    }

    [Fact]
    public void Who_has_no_value_is_neither_in_a_category_nor_outside_it()
    {
        using var invented = new InventedTable(("job", ColumnKind.Category, new[] { "clerk", "pilot", null, "teacher" }));

        Assert.Equal([true, false, false, false], new SegmentRule([new CategoryCondition("job", ["clerk", "baker"])]).Matches(invented.Table));
        Assert.Equal([false, true, false, true], new SegmentRule([new CategoryCondition("job", ["clerk", "baker"], Excluded: true)]).Matches(invented.Table));
        Assert.Equal([false, false, true, false], new SegmentRule([new PresenceCondition("job", IsMissing: true)]).Matches(invented.Table));
    }

    [Fact]
    public void A_file_that_lacks_a_column_or_holds_another_kind_is_refused_in_a_sentence()
    {
        using var invented = new InventedTable(("age", ColumnKind.Category, new[] { "old", "young" }), ("note", ColumnKind.Text, new[] { "a", null }));
        var age = new NumberCondition("age", 45, FromCounts: true, null, ToCounts: false);

        Assert.Contains("asks for numbers in column 'age', and this file has categories there", Refusal(age), StringComparison.Ordinal);
        Assert.Contains("column 'savings', which this file does not have", Refusal(new PresenceCondition("savings", IsMissing: false)), StringComparison.Ordinal);
        Assert.Contains("lower bound must not be above", Refusal(new NumberCondition("income", 5, FromCounts: true, 5, ToCounts: false), ("income", ColumnKind.Number)), StringComparison.Ordinal);
        Assert.Contains("first day must not be after", Refusal(new DateCondition("since", new DateOnly(2020, 1, 2), new DateOnly(2020, 1, 1)), ("since", ColumnKind.Date)), StringComparison.Ordinal);
        Assert.Equal([false, true], new SegmentRule([new PresenceCondition("note", IsMissing: true)]).Matches(invented.Table));

        string Refusal(SegmentCondition condition, (string Name, ColumnKind Kind)? column = null)
        {
            using var other = column is { } one ? new InventedTable((one.Name, one.Kind, new[] { 1f })) : null;
            return Assert.Throws<RefusedException>(() => new SegmentRule([condition]).Matches((other ?? invented).Table)).Message;
        }
    }

    /// <summary>Random rules over random tables, against an evaluation cell by cell that shares nothing with the product's.</summary>
    [Fact]
    public void Any_rule_means_what_its_conditions_say_and_survives_json()
    {
        var random = new Random(4711);
        var metBoth = 0;
        for (var round = 0; round < 150; round++)
        {
            const int RowCount = 60;
            var numbers = Enumerable.Range(0, RowCount).Select(_ => random.Next(6) == 0 ? float.NaN : random.Next(-3, 4) / 2f).ToArray();
            var days = Enumerable.Range(0, RowCount).Select(_ => random.Next(6) == 0 ? float.NaN : random.Next(-2, 3)).ToArray();
            var jobs = Enumerable.Range(0, RowCount).Select(_ => random.Next(6) == 0 ? null : "abcd"[random.Next(4)].ToString()).ToArray();
            using var invented = new InventedTable(("n", ColumnKind.Number, numbers), ("d", ColumnKind.Date, days.Select(day => (float)day).ToArray()), ("c", ColumnKind.Category, jobs));
            var rule = new SegmentRule([.. Enumerable.Range(0, random.Next(4)).Select(_ => Invent(random))]);

            var met = rule.Matches(invented.Table);

            Assert.Equal(Enumerable.Range(0, RowCount).Select(row => rule.Conditions.All(condition => Naive(condition, numbers[row], days[row], jobs[row]))), met);
            metBoth += met.Contains(true) && met.Contains(false) ? 1 : 0;
            var back = SegmentRule.FromJson(rule.ToJson());
            Assert.Equal(rule.Sentence, back.Sentence);
            Assert.Equal(rule.ToJson(), back.ToJson());
            Assert.Equal(met, back.Matches(invented.Table));
        }

        Assert.True(metBoth > 50, $"Only {metBoth} rules divided their table.");
    }

    private static SegmentCondition Invent(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                var (low, high) = (random.Next(-3, 2) / 2f, random.Next(2, 4) / 2f);
                return new NumberCondition("n", random.Next(3) == 0 ? null : low, random.Next(2) == 0, random.Next(3) == 0 ? null : high, random.Next(2) == 0);
            case 1:
                var first = new DateOnly(1970, 1, 1).AddDays(random.Next(-2, 1));
                return new DateCondition("d", random.Next(3) == 0 ? null : first, random.Next(3) == 0 ? null : first.AddDays(random.Next(3)));
            case 2:
                return new CategoryCondition("c", [.. "abcde".Where(_ => random.Next(2) == 0).Append('e').Distinct().Select(letter => letter.ToString())], random.Next(2) == 0);
            default:
                return new PresenceCondition("ndc"[random.Next(3)].ToString(CultureInfo.InvariantCulture), random.Next(2) == 0);
        }
    }

    private static bool Naive(SegmentCondition condition, float number, float day, string? job)
    {
        switch (condition)
        {
            case NumberCondition range:
                return !float.IsNaN(number)
                    && (range.From is not { } from || number > from || (range.FromCounts && number == from))
                    && (range.To is not { } to || number < to || (range.ToCounts && number == to));
            case DateCondition range:
                if (float.IsNaN(day))
                {
                    return false;
                }

                var date = new DateOnly(1970, 1, 1).AddDays((int)day);
                return !(date < range.From) && !(date > range.To);
            case CategoryCondition set:
                return job is not null && set.Categories.Contains(job) != set.Excluded;
            case PresenceCondition presence:
                var isMissing = presence.Column == "c" ? job is null : float.IsNaN(presence.Column == "n" ? number : day);
                return isMissing == presence.IsMissing;
            default:
                throw new InvalidOperationException();
        }
    }
}
