using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class TargetListBuilderTests
{
    [Fact]
    public void An_id_stands_on_the_list_once_by_its_highest_row()
    {
        var selection = TargetListBuilder.Build(Inputs([0.6, 0.9, 0.7], ["a", "b", "a"], []));

        Assert.Equal(["b", "a"], selection.Listed.Select(customer => customer.CustomerId));
        Assert.Equal([2, 3], selection.Listed.Select(customer => customer.Row));
        Assert.Equal([1, 2], selection.Listed.Select(customer => customer.Priority));
    }

    [Fact]
    public void A_customer_recorded_affluent_in_another_row_is_excluded_with_that_cause()
    {
        var selection = TargetListBuilder.Build(Inputs([0.9, 0.1, 0.8], ["a", "a", "b"], affluentRows: [1]));

        Assert.Equal(["b"], selection.Listed.Select(customer => customer.CustomerId));
        Assert.Equal(new ExcludedCustomer("a", 1, ExclusionCause.RecordedAffluentInAnotherRow), Assert.Single(selection.Excluded));
        Assert.Equal(1, Left(selection, "not recorded affluent in another row"));
    }

    [Fact]
    public void A_score_equal_to_the_threshold_is_selected()
    {
        var selection = TargetListBuilder.Build(Inputs([0.5, 0.49999], ["a", "b"], []));

        Assert.Equal("a", Assert.Single(selection.Listed).CustomerId);
    }

    [Fact]
    public void Every_candidate_is_listed_where_there_is_no_budget_and_no_control_group()
    {
        var selection = TargetListBuilder.Build(With(Random(rowCount: 500, seed: 3), asked => asked with { Budget = null, ControlShare = 0 }));

        Assert.Empty(selection.Control);
        Assert.DoesNotContain(selection.Excluded, customer => customer.Cause == ExclusionCause.BeyondBudget);
        Assert.Equal(Left(selection, "not recorded affluent in another row"), selection.Listed.Count);
    }

    [Theory]
    [InlineData(90, 0.1, 1000, 90, 10)]
    [InlineData(90, 0.1, 50, 45, 5)]
    [InlineData(90, 0.1, 100, 90, 10)]
    [InlineData(10, 0.0, 1000, 10, 0)]
    [InlineData(10, 0.5, 1000, 10, 10)]
    [InlineData(1, 0.4, 2, 1, 1)]
    [InlineData(2_000_000_000, 0.999999, 7, 0, 7)]
    public void The_control_group_comes_in_addition_to_the_budget(int budget, double share, int customers, int toContact, int control)
    {
        var scores = Enumerable.Range(0, customers).Select(row => 0.5 + (row / (2.0 * customers))).ToArray();
        var selection = TargetListBuilder.Build(With(Inputs(scores, [.. scores.Select((_, row) => $"c{row}")], []), asked => asked with { Budget = budget, ControlShare = share }));

        Assert.Equal(toContact, selection.Listed.Count);
        Assert.Equal(control, selection.Control.Count);
        Assert.Equal(customers - toContact - control, selection.Excluded.Count);
    }

    [Fact]
    public void The_budget_takes_the_highest_scores()
    {
        var selection = TargetListBuilder.Build(With(Inputs([0.6, 0.9, 0.8, 0.7], ["a", "b", "c", "d"], []), asked => asked with { Budget = 2 }));

        Assert.Equal(["b", "c"], selection.Listed.Select(customer => customer.CustomerId));
        Assert.All(selection.Excluded, customer => Assert.Equal(ExclusionCause.BeyondBudget, customer.Cause));
    }

    [Fact]
    public void At_the_budgets_edge_neither_the_id_nor_the_files_order_decides_between_equal_scores()
    {
        var ids = Enumerable.Range(0, 200).Select(number => $"c{number:000}").ToArray();
        var scores = Enumerable.Repeat(0.8, 200).ToArray();
        var timesListed = ids.ToDictionary(id => id, _ => 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var inputs = With(Inputs(scores, ids, []), asked => asked with { Budget = 50, Seed = seed });
            var listed = TargetListBuilder.Build(inputs).Listed.Select(customer => customer.CustomerId).ToArray();
            Array.ForEach(listed, id => timesListed[id]++);
            var turned = TargetListBuilder.Build(With(Inputs(scores, [.. ids.Reverse()], []), asked => asked with { Budget = 50, Seed = seed }));
            Assert.Equal(listed, turned.Listed.Select(customer => customer.CustomerId));
        }

        // 400 draws of 1 in 4: 100 expected, standard deviation 8.7.
        Assert.All(timesListed.Values, times => Assert.InRange(times, 60, 140));
    }

    [Fact]
    public void The_control_group_is_a_fair_draw_over_the_whole_reach()
    {
        var ids = Enumerable.Range(0, 100).Select(number => $"c{number}").ToArray();
        var scores = Enumerable.Range(0, 100).Select(row => 0.99 - (row / 1000.0)).ToArray();
        var timesControl = ids.ToDictionary(id => id, _ => 0);
        for (var seed = 0; seed < 1000; seed++)
        {
            var selection = TargetListBuilder.Build(With(Inputs(scores, ids, []), asked => asked with { ControlShare = 0.2, Seed = seed }));
            Assert.Equal(20, selection.Control.Count);
            foreach (var customer in selection.Control)
            {
                timesControl[customer.CustomerId]++;
            }
        }

        // 1,000 draws of 1 in 5: 200 expected, standard deviation 12.6.
        Assert.All(timesControl.Values, times => Assert.InRange(times, 140, 260));
    }

    [Fact]
    public void The_draw_never_changes_with_machine_or_version()
    {
        var ids = Enumerable.Range(0, 12).Select(number => $"kunde-{number}-ä").ToArray();
        var selection = TargetListBuilder.Build(With(Inputs([.. Enumerable.Repeat(0.7, 12)], ids, []), asked => asked with { Seed = 1, ControlShare = 0.25 }));

        Assert.Equal(KnownDraw, string.Join(' ', selection.Control.Select(customer => customer.Row)));
        Assert.Equal(KnownOrder, string.Join(' ', selection.Listed.Select(customer => customer.Row)));
    }

    [Theory]
    [InlineData(1, "A")]
    [InlineData(5, "ABCDD")]
    [InlineData(10, "ABBCCCDDDD")]
    [InlineData(20, "AABBBBCCCCCCDDDDDDDD")]
    public void Bands_are_the_top_tenth_the_next_fifth_the_next_three_tenths_and_the_rest(int listCount, string bands)
    {
        Assert.Equal(bands, string.Concat(Enumerable.Range(1, listCount).Select(priority => TargetListBuilder.BandOf(priority, listCount))));
    }

    [Theory]
    [InlineData(5, 5, ListConfidence.High)]
    [InlineData(3, 5, ListConfidence.Medium)]
    [InlineData(2, 4, ListConfidence.Medium)]
    [InlineData(2, 5, ListConfidence.Low)]
    [InlineData(0, 1, ListConfidence.Low)]
    [InlineData(1, 1, ListConfidence.High)]
    public void Confidence_counts_the_repeats_at_or_above_the_threshold(int selected, int repeats, ListConfidence confidence)
    {
        Assert.Equal(confidence, TargetListBuilder.ConfidenceOf(selected, repeats));
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(-5, 0.1)]
    [InlineData(10, 1.0)]
    [InlineData(10, -0.1)]
    [InlineData(10, double.NaN)]
    public void A_budget_or_control_share_out_of_range_is_refused(int budget, double controlShare)
    {
        var inputs = With(Inputs([0.9], ["a"], []), asked => asked with { Budget = budget, ControlShare = controlShare });

        Assert.Throws<RefusedException>(() => TargetListBuilder.Build(inputs));
    }

    [Fact]
    public void An_empty_list_is_a_list()
    {
        var selection = TargetListBuilder.Build(With(Inputs([0.1, 0.9], ["a", "b"], affluentRows: [1]), asked => asked with { Budget = 5, ControlShare = 0.5 }));

        Assert.Empty(selection.Listed);
        Assert.Equal(0, selection.Counts.ToContact);
    }

    [Fact]
    public void Gates_without_data_are_shown_as_not_applied()
    {
        var counts = TargetListBuilder.Build(Inputs([0.9], ["a"], [])).Counts;

        Assert.Equal(
            ["eligible", "consented", "not suppressed", "not over-contacted", "one a household", "in the chosen segments", "within budget"],
            counts.Lines.Where(line => line.Left is null).Select(line => line.Name));
    }

    /// <summary>What holds for every list, tried on 300 random ones.</summary>
    [Fact]
    public void Counts_add_up_to_the_row_and_nobody_recorded_affluent_is_listed()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var inputs = Random(rowCount: 1 + (seed * 3), seed);
            var selection = TargetListBuilder.Build(inputs);
            var customers = inputs.Customers;
            var everyone = selection.Listed.Concat(selection.Control).Select(customer => customer.CustomerId)
                .Concat(selection.Excluded.Select(customer => customer.CustomerId)).ToArray();

            Assert.Equal(everyone.Length, everyone.Distinct().Count());
            var selectedRows = Enumerable.Range(0, customers.RowCount).Where(row => inputs.Scores[row] >= inputs.Threshold.Score).ToArray();
            var candidateRows = selectedRows.Where(row => !customers.Affluent[row]).ToArray();
            var candidates = candidateRows.Select(row => customers.CustomerIds[customers.CustomerOfRow[row]]).Distinct().ToArray();
            Assert.Equal(candidates.Order(), everyone.Order());

            var affluentIds = Enumerable.Range(0, customers.RowCount).Where(row => customers.Affluent[row])
                .Select(row => customers.CustomerIds[customers.CustomerOfRow[row]]).ToHashSet();
            Assert.DoesNotContain(selection.Listed.Concat(selection.Control), customer => affluentIds.Contains(customer.CustomerId));
            Assert.True(inputs.Definition.Budget is not { } budget || selection.Listed.Count <= budget);

            Assert.Equal(customers.RowCount + inputs.RejectedRowCount, Left(selection, "uploaded rows"));
            Assert.Equal(customers.RowCount, Left(selection, "valid rows"));
            Assert.Equal(selectedRows.Length, Left(selection, "at or above the threshold"));
            Assert.Equal(candidateRows.Length, Left(selection, "recorded normal"));
            Assert.Equal(candidates.Length, Left(selection, "customers (ids once)"));
            var eligible = candidates.Count(id => !affluentIds.Contains(id));
            Assert.Equal(eligible, Left(selection, "not recorded affluent in another row"));
            Assert.Equal(eligible - selection.Control.Count, Left(selection, "control group taken out"));
            Assert.Equal(selection.Listed.Count, Left(selection, "to contact"));
            var beyond = selection.Excluded.Count(customer => customer.Cause == ExclusionCause.BeyondBudget);
            Assert.Equal(eligible, selection.Listed.Count + selection.Control.Count + beyond);
            Assert.True(selection.Listed.Zip(selection.Listed.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score));

            var again = TargetListBuilder.Build(inputs);
            Assert.Equal(selection.Listed, again.Listed);
            Assert.Equal(selection.Control, again.Control);
            Assert.Equal(selection.Excluded, again.Excluded);
        }
    }

    // From tests/oracle/draws.py.
    private const string KnownDraw = "2 1 8";
    private const string KnownOrder = "11 4 3 10 7 6 9 5 12";

    private static int? Left(TargetListSelection selection, string line) => Assert.Single(selection.Counts.Lines, gate => gate.Name == line).Left;

    private static TargetListInputs Inputs(double[] scores, string[] ids, int[] affluentRows)
    {
        var distinct = ids.Distinct().ToList();
        var customers = new RecordedCustomers(
            [.. scores.Select((_, row) => affluentRows.Contains(row))], [.. ids.Select(id => distinct.IndexOf(id))], distinct);
        return new TargetListInputs(scores, new int[scores.Length], 5, customers, 0, new OperatingThreshold(0.5), Asked);
    }

    private static TargetListInputs Random(int rowCount, int seed)
    {
        var random = new Random(seed);
        var scores = new double[rowCount];
        var ids = new string[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            scores[row] = Math.Round(random.NextDouble(), random.Next(1, 4));
            ids[row] = $"id{random.Next(1 + rowCount)}";
        }

        var affluentRows = Enumerable.Range(0, rowCount).Where(_ => random.Next(5) == 0).ToArray();
        return Inputs(scores, ids, affluentRows) with
        {
            RejectedRowCount = random.Next(3),
            Threshold = new OperatingThreshold(Math.Round(random.NextDouble(), 1)),
            Definition = Asked with
            {
                Budget = random.Next(3) == 0 ? null : 1 + random.Next(rowCount),
                ControlShare = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.95,
                Seed = random.Next(),
            },
        };
    }

    private static ListDefinition Asked { get; } = new() { ControlShare = 0, Consent = new() { CheckedElsewhere = ContactChannels.Call } };

    private static TargetListInputs With(TargetListInputs inputs, Func<ListDefinition, ListDefinition> change) => inputs with { Definition = change(inputs.Definition) };
}
