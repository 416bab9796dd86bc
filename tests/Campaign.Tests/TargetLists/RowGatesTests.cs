using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Learning;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class RowGatesTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void The_first_cause_in_the_order_of_the_causes_stops_a_row()
    {
        using var invented = new InventedTable(
            ("age", ColumnKind.Number, new object?[] { 17f, 17f, 18f, 65f, 66f, null, 30f }),
            ("died", ColumnKind.Category, new[] { "Y", "N", "N", "N", "N", "N", null }),
            ("staff", ColumnKind.Category, new[] { "N", "yes ", "N", "N", "N", "N", null }),
            ("status", ColumnKind.Category, new[] { "open", "open", "Closed", "OPEN", "open", "open", null }));
        var causes = Read(invented.Table, new()
        {
            Eligibility = new()
            {
                AgeColumn = "age",
                FromAge = 18,
                ToAge = 65,
                Deceased = new("died", ["y"]),
                Staff = new("staff", ["YES"]),
                Status = new("status", ["open"]),
            },
        }).Ineligible!;

        // An unknown age is out of range; a missing status, staff or deceased cell speaks against nobody.
        Assert.Equal([ExclusionCause.Deceased, ExclusionCause.Staff, ExclusionCause.AccountStatus, null, ExclusionCause.Age, ExclusionCause.Age, null], causes);
    }

    [Fact]
    public void Consent_is_a_yes_that_is_given_and_not_over_and_a_missing_cell_is_a_no()
    {
        float Day(int day) => ColumnTable.DateNumber(Today.AddDays(day));
        using var invented = new InventedTable(
            ("mail", ColumnKind.Category, new[] { "Y", "N", null, "Y", "Y", "Y", "Y", "Y" }),
            ("given", ColumnKind.Date, new object?[] { Day(-10), Day(-10), Day(-10), Day(1), Day(-400), null, Day(0), Day(-10) }),
            ("ends", ColumnKind.Date, new object?[] { null, null, null, null, null, null, Day(0), Day(-1) }),
            ("call", ColumnKind.Number, new object?[] { 0f, 1f, 1f, null, 0f, 0f, 0f, 0f }));
        var definition = new ListDefinition
        {
            Consent = new()
            {
                Channels =
                [
                    new(ContactChannels.Email, new("mail", ["y"]), "given", ValidMonths: 12, "ends"),
                    new(ContactChannels.Call, new("call", ["1.0"])),
                ],
            },
        };

        Assert.Equal(
            [ContactChannels.Email, ContactChannels.Call, ContactChannels.Call, ContactChannels.None, ContactChannels.None, ContactChannels.None, ContactChannels.Email, ContactChannels.None],
            Read(invented.Table, definition).Consent!);

        // Without an end of its own, consent without a date is a yes still.
        var endless = definition with { Consent = new() { Channels = [definition.Consent.Channels[0] with { ValidMonths = null }] } };
        Assert.Equal(ContactChannels.Email, Read(invented.Table, endless).Consent![5]);
    }

    [Fact]
    public void A_column_that_the_file_lacks_or_that_holds_something_else_is_refused_by_name()
    {
        using var invented = new InventedTable(("age", ColumnKind.Category, new[] { "old", "young" }), ("household", ColumnKind.Number, new object?[] { 1f, 16_777_300f }));

        Refused(new() { Eligibility = new() { AgeColumn = "years" } }, "no column 'years'");
        Refused(new() { Eligibility = new() { AgeColumn = "age" } }, "'age' does not hold numbers");
        Refused(new() { Consent = new() { Channels = [new(ContactChannels.Sms, new("sms", ["Y"]))] } }, "the consent to SMS");
        Refused(new() { Consent = new() { Channels = [new(ContactChannels.Sms, new("age", ["old"]), "age")] } }, "does not hold dates");
        Refused(new() { HouseholdColumn = "household" }, "too few digits");

        void Refused(ListDefinition definition, string words) =>
            Assert.Contains(words, Assert.Throws<RefusedException>(() => Read(invented.Table, definition)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_in_several_segments_is_in_the_first_that_was_chosen()
    {
        using var invented = new InventedTable(("age", ColumnKind.Number, new object?[] { 1f, 2f, 3f }));
        var gates = RowGates.Read(invented.Table, new(), [("B", [false, true, true]), ("A", [false, false, true])], Today);

        Assert.Equal([-1, 0, 0], gates.Segment!.CodeOfRow);
        Assert.Equal(["B", "A"], gates.Segment.Values);
    }

    [Fact]
    public void Blank_households_are_everybodys_own()
    {
        using var invented = new InventedTable(("household", ColumnKind.Text, new[] { "H1", " ", null, " H1 " }));
        var gates = Read(invented.Table, new() { HouseholdColumn = "household" });

        Assert.Equal([0, -1, -1, 0], gates.Household!.CodeOfRow);
    }

    [Fact]
    public void A_definition_comes_back_from_its_json_whole()
    {
        ListDefinition definition = new()
        {
            Eligibility = new() { AgeColumn = "age", FromAge = 18, Status = new("status", ["open", "é"]) },
            Consent = new() { Channels = [new(ContactChannels.Email, new("mail", ["Y"]), "given", 12, "ends")] },
            HouseholdColumn = "h",
            SegmentIds = [Guid.Parse("01234567-89ab-cdef-0123-456789abcdef")],
            ControlCount = 7,
            Budget = 5,
            Waves = new(SplitBy.Column, [new("North", 0, ["Penang"]), new("Rest", 0, [])], "region"),
            ShownColumns = new Dictionary<ListField, string> { [ListField.Branch] = "BR" },
        };

        Assert.Equivalent(definition, ListDefinition.OfJson(definition.ToJson()), strict: true);
        Assert.Contains("\"Email\"", definition.ToJson(), StringComparison.Ordinal);
    }

    private static RowGates Read(ColumnTable table, ListDefinition definition) => RowGates.Read(table, definition, [], Today);
}
