using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists;
using Xunit;

namespace Campaign.Tests.TargetLists;

/// <summary>What holds for every list whatever is asked of it, tried on 10,000 random ones.</summary>
public class ListGatesTests
{
    [Fact]
    public void Nobody_suppressed_or_without_consent_is_ever_listed_and_every_waterfall_adds_up()
    {
        var listed = 0;
        var causes = new HashSet<ExclusionCause>();
        Parallel.For(0, 10_000, seed =>
        {
            var inputs = Random(seed);
            TargetListSelection selection;
            try
            {
                selection = TargetListBuilder.Build(inputs);
            }
            catch (RefusedException) when (inputs.Definition.ControlCount is not null)
            {
                return;
            }

            NobodyIsListedWhoMayNotBe(inputs, selection);
            TheWaterfallAddsUp(inputs, selection);
            TheSameSeedGivesTheSameList(inputs, selection);
            lock (causes)
            {
                listed += selection.Listed.Count;
                causes.UnionWith(selection.Counts.Causes.Keys);
            }
        });

        // The inputs reach every gate, and lists are not all empty.
        Assert.Equal(Enum.GetValues<ExclusionCause>().ToHashSet(), causes);
        Assert.True(listed > 20_000, $"Only {listed} customers listed.");
    }

    private static void NobodyIsListedWhoMayNotBe(TargetListInputs inputs, TargetListSelection selection)
    {
        var customers = inputs.Customers;
        var households = new HashSet<int>();
        foreach (var customer in selection.Listed.Concat(selection.Control))
        {
            var rows = Enumerable.Range(0, customers.RowCount).Where(row => customers.CustomerIds[customers.CustomerOfRow[row]] == customer.CustomerId).ToArray();
            Assert.True(inputs.Threshold.Selects(inputs.Scores[customer.Row - 1]));
            Assert.DoesNotContain(rows, row => customers.Affluent[row]);
            Assert.DoesNotContain(customer.CustomerId, inputs.Suppressed ?? new HashSet<string>());
            Assert.DoesNotContain(customer.CustomerId, inputs.InOtherControl);
            Assert.All(rows, row => Assert.Null(inputs.Gates.Ineligible?[row]));
            Assert.NotEqual(ContactChannels.None, customer.Allowed);
            Assert.All(rows, row => Assert.True(inputs.Gates.Consent is null || inputs.Gates.Consent[row].HasFlag(customer.Allowed)));
            Assert.True(inputs.AtCap is null || !inputs.AtCap.TryGetValue(customer.CustomerId, out var atCap) || (customer.Allowed & atCap) == ContactChannels.None);
            Assert.True(inputs.Gates.Household is not { } household || household.CodeOfRow[customer.Row - 1] is not (var code and >= 0) || households.Add(code));
            Assert.True(inputs.Gates.Segment is null || customer.Segment is not null);
        }
    }

    private static void TheWaterfallAddsUp(TargetListInputs inputs, TargetListSelection selection)
    {
        var counts = selection.Counts;
        Assert.Equal(counts.Excluded, counts.Causes.Values.Sum());
        Assert.Equal(counts.Excluded, selection.Excluded.Count);
        Assert.Equal(counts.Excluded, selection.Excluded.Select(customer => customer.CustomerId).Distinct().Count());
        foreach (var (cause, count) in counts.Causes)
        {
            Assert.Equal(count, selection.Excluded.Count(customer => customer.Cause == cause));
        }

        var applied = counts.Lines.Where(line => line.Left is not null).Select(line => line.Left!.Value).ToArray();
        Assert.True(applied.Zip(applied.Skip(1)).All(pair => pair.First >= pair.Second));
        Assert.Equal(selection.Listed.Count, counts.Lines[^1].Left);
        var customers = Assert.Single(counts.Lines, line => line.Name == "customers (ids once)").Left;
        Assert.Equal(customers, selection.Listed.Count + selection.Control.Count + selection.Excluded.Count);
        Assert.True(inputs.Definition.Budget is not { } budget || selection.Listed.Count <= budget);
        Assert.All(counts.Lines, line => Assert.Equal(line.Left is null, line.WhyNotApplied is not null));
        if (inputs.Definition.Waves is { } waves)
        {
            Assert.All(selection.Listed, customer => Assert.Contains(waves.Parts, part => part.Name == customer.Wave));
        }
    }

    private static void TheSameSeedGivesTheSameList(TargetListInputs inputs, TargetListSelection selection)
    {
        var again = TargetListBuilder.Build(inputs);
        Assert.Equal(selection.Listed, again.Listed);
        Assert.Equal(selection.Control, again.Control);
        Assert.Equal(selection.Excluded, again.Excluded);
    }

    private static TargetListInputs Random(int seed)
    {
        var random = new Random(seed);
        var rowCount = 1 + random.Next(60);
        var ids = Enumerable.Range(0, rowCount).Select(_ => $"id{random.Next(1 + rowCount)}").ToArray();
        var distinct = ids.Distinct().ToList();
        ContactChannels Channels() => (ContactChannels)random.Next(16);
        IReadOnlySet<string> Some(int oneIn) => distinct.Where(_ => random.Next(oneIn) == 0).ToHashSet();
        RowValues Values(int count) => new([.. ids.Select(_ => random.Next(count + 1) - 1)], [.. Enumerable.Range(0, count).Select(value => $"v{value}")]);

        var hasConsent = random.Next(2) == 0;
        var hasSegments = random.Next(3) == 0;
        var ineligible = new[] { ExclusionCause.Deceased, ExclusionCause.Staff, ExclusionCause.AccountStatus, ExclusionCause.Age };
        ListDefinition definition = new()
        {
            Budget = random.Next(2) == 0 ? null : 1 + random.Next(rowCount),
            ControlShare = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.9,
            ControlCount = random.Next(5) == 0 ? 1 + random.Next(6) : null,
            Seed = random.Next(),
            Consent = hasConsent
                ? new() { Channels = [.. ContactChannel.Each.Select(channel => new ChannelConsent(channel, new("consent", ["Y"])))] }
                : new() { CheckedElsewhere = (ContactChannels)(1 + random.Next(15)) },
            Waves = random.Next(3) == 0 ? new((SplitBy)random.Next(3), [new("first", 1, ["A"]), new("second", 2, [])]) : null,
        };
        return new(
            [.. ids.Select(_ => Math.Round(random.NextDouble(), 2))], new int[rowCount], 1,
            new RecordedCustomers([.. ids.Select(_ => random.Next(6) == 0)], [.. ids.Select(id => distinct.IndexOf(id))], distinct), random.Next(3),
            new OperatingThreshold(Math.Round(random.NextDouble() * 0.6, 1)), definition)
        {
            Gates = new()
            {
                Ineligible = random.Next(2) == 0 ? null : [.. ids.Select(_ => random.Next(6) == 0 ? ineligible[random.Next(4)] : (ExclusionCause?)null)],
                Consent = hasConsent ? [.. ids.Select(_ => Channels() | Channels())] : null,
                Household = random.Next(3) == 0 ? Values(1 + (rowCount / 3)) : null,
                Segment = hasSegments ? Values(3) : null,
            },
            Suppressed = random.Next(2) == 0 ? null : Some(6),
            AtCap = random.Next(2) == 0 ? null : distinct.Where(_ => random.Next(3) == 0).ToDictionary(id => id, _ => Channels()),
            InOtherControl = random.Next(2) == 0 ? Some(9) : new HashSet<string>(),
        };
    }
}
