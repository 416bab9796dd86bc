using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Outcomes;
using Xunit;

namespace Campaign.Tests.TargetLists.Outcomes;

public sealed class OutcomeCheckTests
{
    private const string ListId = "TL-0000ABCD";
    private static readonly string[] Columns = ["List ID", "Customer ID", "Contacted Y/N", "Upgraded", "Opt-out asked"];

    private static readonly OutcomeMapping Mapping =
        new("Customer ID", "Upgraded", ["yes"], AnyValue: false, "List ID", "Contacted Y/N", "Opt-out asked", OutcomeCoverage.Partial, "upgrades");

    /// <summary>T1 to T4 to contact, C1 and C2 in the control group.</summary>
    private static readonly ListMember[] Members =
    [
        .. Enumerable.Range(1, 4).Select(i => Member($"T{i}", ListGroup.Target, i)),
        .. Enumerable.Range(1, 2).Select(i => Member($"C{i}", ListGroup.Control, i)),
    ];

    [Fact]
    public void Known_outcomes_are_counted_in_the_group_drawn()
    {
        var found = Check(Row("T1", "yes", "Y"), Row("T2", "No", "N"), Row("C1", "YES"), Row("C2", ""));

        Assert.Equal([true, false, null, null, true, null], found.Outcomes.Select(one => one.Responded));
        Assert.Equal((4, 2, 1), (found.Counts.TargetCount, found.Counts.TargetKnown, found.Counts.TargetResponses));
        Assert.Equal(1, found.Counts.ContactedTargets);
        Assert.Equal((2, 1, 1, 1), (found.Counts.ControlCount, found.Counts.ControlKnown, found.Counts.ControlResponses, found.Counts.ControlInFile));
    }

    [Theory]
    [InlineData(OutcomeCoverage.Partial, 1, 0)]
    [InlineData(OutcomeCoverage.Targets, 4, 0)]
    [InlineData(OutcomeCoverage.Everyone, 4, 2)]
    public void Who_is_not_in_a_complete_file_did_not_respond_and_in_a_partial_one_is_unknown(OutcomeCoverage coverage, int targets, int controls)
    {
        var counts = OutcomeCheck.Run([Row("T1", "yes")], Columns, Mapping with { Coverage = coverage }, Members, ListId, NoCustomers).Counts;

        Assert.Equal((targets, 1, controls, 0), (counts.TargetKnown, counts.TargetResponses, counts.ControlKnown, counts.ControlInFile));
    }

    [Fact]
    public void A_row_of_another_list_is_refused_with_its_line() =>
        Assert.Equal(
            "Line 2, column 'List ID': this outcome is of list TL-11111111, and this is list TL-0000ABCD. Upload it on the page of its own list.",
            Refusal(Row("T1", "yes") with { Cells = ["TL-11111111", "T1", "", "yes", ""] }));

    [Fact]
    public void The_same_outcome_twice_counts_once_and_two_different_ones_are_refused_with_both_lines()
    {
        Assert.Equal(1, Check(Row("T1", "yes", line: 2), Row("T1", "Yes", line: 3)).Counts.RepeatedCount);
        Assert.StartsWith("Lines 2 and 7: two different outcomes of the same customer.", Refusal(Row("T1", "yes", line: 2), Row("T1", "no", line: 7)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_nobody_on_the_list_are_counted_with_their_lines_and_left_aside()
    {
        var counts = OutcomeCheck.Run(
            [Row("T1", "yes", line: 2), Row("X1", "yes", line: 3), Row("X2", "no", line: 4)], Columns, Mapping, Members, ListId, () => new HashSet<string> { "X1" }).Counts;

        Assert.Equal((2, 1), (counts.StrayCount, counts.TargetKnown));
        Assert.Equal(1, counts.UnknownCount);
        Assert.Equal([3, 4], counts.StrayLines);
        Assert.StartsWith("None of the file's 1 row is of a customer on this list", Refusal(Row("X1", "yes")), StringComparison.Ordinal);
    }

    [Fact]
    public void Contacted_control_customers_stay_in_their_group_and_are_counted()
    {
        var found = Check(Row("T1", "no"), Row("C1", "yes", "Y"), Row("C2", "no", "N"));

        Assert.Equal((1, 2, 1), (found.Counts.ContactedControls, found.Counts.ControlKnown, found.Counts.ControlResponses));
    }

    [Fact]
    public void Opt_outs_are_kept_also_where_the_outcome_is_blank()
    {
        var found = Check(Row("T1", "yes"), Row("T2", "", optOut: "Y"));

        Assert.Equal(1, found.Counts.OptOutCount);
        Assert.True(found.Outcomes[1].OptOut);
        Assert.Null(found.Outcomes[1].Responded);
    }

    [Fact]
    public void What_is_neither_yes_nor_no_has_no_id_or_names_no_column_is_refused_in_a_sentence()
    {
        Assert.Equal("Line 2, column 'Contacted Y/N': 'maybe' is neither yes nor no. Write Y or N.", Refusal(Row("T1", "yes", "maybe")));
        Assert.Equal("Line 2, column 'Customer ID': the row has no customer id. Fill it in or take the row out.", Refusal(Row("", "yes")));
        Assert.Equal("Say which column holds the outcome.", Refusal(Mapping with { Outcome = "" }));
        Assert.Equal("The file has no column 'Nowhere'. Choose one of its columns.", Refusal(Mapping with { OptOut = "Nowhere" }));
        Assert.Equal("The customer id and the outcome are the same column: choose two.", Refusal(Mapping with { Outcome = "Customer ID" }));
        Assert.StartsWith("Say which values of 'Upgraded' are a success", Refusal(Mapping with { Successes = [] }), StringComparison.Ordinal);
        Assert.StartsWith("The file has a header but no rows", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_can_be_a_success() =>
        Assert.Equal(2, OutcomeCheck.Run([Row("T1", "gold account"), Row("T2", "card"), Row("T3", "")], Columns, Mapping with { AnyValue = true, Successes = [] }, Members, ListId, NoCustomers).Counts.TargetResponses);

    [Fact]
    public void The_outcome_form_and_a_plain_file_are_told_by_their_headers()
    {
        var form = OutcomeMapping.Guess(
            ["List ID", "Row no.", "Customer ID", "Contacted Y/N", "Date", "Channel", "Reached", "Response", "Product taken", "Amount", "Opt-out asked", "Comment"], "cif");
        var plain = OutcomeMapping.Guess(["CIF", "outcome"], "cif");
        var unclear = OutcomeMapping.Guess(["a", "b"], null);

        Assert.Equal(("Customer ID", "Product taken", true, "List ID", "Contacted Y/N", "Opt-out asked"), (form.Id, form.Outcome, form.AnyValue, form.ListId, form.Contacted, form.OptOut));
        Assert.Equal(OutcomeCoverage.Targets, form.Coverage);
        Assert.Equal(("CIF", "outcome", false, OutcomeCoverage.Partial), (plain.Id, plain.Outcome, plain.AnyValue, plain.Coverage));
        Assert.Equal(("", ""), (unclear.Id, unclear.Outcome));
        Assert.Equal(["Yes", "UPGRADED"], OutcomeMapping.GuessSuccesses(["no", "Yes", "UPGRADED", "later"]));
    }

    internal static ListMember Member(string id, ListGroup group, int priority, char band = 'A', string? segment = null, string? wave = null, string? cell = null) =>
        new(id, priority, group, 1.0 / priority, band, ListConfidence.High, segment, wave, cell, null, priority);

    private static HashSet<string>? NoCustomers() => null;

    private static CheckedOutcomes Check(params TableRow[] rows) => OutcomeCheck.Run(rows, Columns, Mapping, Members, ListId, NoCustomers);

    private static string Refusal(params TableRow[] rows) => Assert.Throws<RefusedException>(() => Check(rows)).Message;

    private static string Refusal(OutcomeMapping mapping) =>
        Assert.Throws<RefusedException>(() => OutcomeCheck.Run([Row("T1", "yes")], Columns, mapping, Members, ListId, NoCustomers)).Message;

    private static TableRow Row(string id, string outcome, string contacted = "", string optOut = "", int line = 2) => new(line, ["", id, contacted, outcome, optOut]);
}
