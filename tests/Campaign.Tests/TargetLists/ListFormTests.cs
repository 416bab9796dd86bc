using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Learning;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class ListFormTests
{
    [Fact]
    public void What_a_definition_says_stands_on_the_form_and_comes_back_from_it()
    {
        ListDefinition definition = new()
        {
            Eligibility = new() { AgeColumn = "age", FromAge = 18, ToAge = 65, Staff = new("staff", ["Y"]) },
            Consent = new() { Channels = [new(ContactChannels.Call, new("call", ["Y"])), new(ContactChannels.Sms, new("sms", ["1", "T"]), "since", 24)] },
            HouseholdColumn = "h",
            SegmentIds = [Guid.NewGuid()],
            ControlShare = 0.25,
            Budget = 5,
            Seed = 9,
            Waves = new(SplitBy.Random, [new("Week 1", 62.5, []), new("Week 2", 37.5, [])]),
            Cells = new(SplitBy.Segment, [new("Offer: gold", 0, ["Savers", "Owners"]), new("Others", 0, [])]),
            ShownColumns = new Dictionary<ListField, string> { [ListField.Branch] = "BR" },
            CampaignCode = "S26",
        };
        var form = new ListForm();
        form.Take(definition);

        Assert.Equivalent(definition, form.ToDefinition(), strict: true);

        form.Take(definition with { Consent = new() { CheckedElsewhere = ContactChannels.Call | ContactChannels.Post }, ControlShare = 0, ControlCount = 40 });
        Assert.Equal(ContactChannels.Call | ContactChannels.Post, form.ToDefinition().Consent.CheckedElsewhere);
        Assert.Equal((0, 40), (form.ToDefinition().ControlShare, form.ToDefinition().ControlCount));
    }

    [Fact]
    public void An_unanswered_question_about_consent_is_refused()
    {
        var form = new ListForm();
        form.Take(new());

        Assert.Null(form.ConsentElsewhere);
        Assert.Contains("Who agreed", Assert.Throws<RefusedException>(() => TargetListBuilder.Check(form.ToDefinition())).Message, StringComparison.Ordinal);
        form.ConsentElsewhere = true;
        Assert.Throws<RefusedException>(() => TargetListBuilder.Check(form.ToDefinition()));
        form.Elsewhere = [ContactChannels.Post];
        TargetListBuilder.Check(form.ToDefinition());
    }

    [Theory]
    [InlineData(SplitBy.Random, "Week 1\nWeek 2: 50", "line 1")]
    [InlineData(SplitBy.Random, "Week 1: 50", "at least two")]
    [InlineData(SplitBy.Random, "Week 1: 50\nweek 1: 50", "names that differ")]
    [InlineData(SplitBy.Priority, "Week 1: 50\nWeek 2: -1", "above 0")]
    [InlineData(SplitBy.Column, "North: Penang\nOthers", "choose which")]
    [InlineData(SplitBy.Band, "First\nOthers", "which values")]
    public void A_split_that_is_not_one_is_refused_in_a_sentence(SplitBy by, string parts, string words)
    {
        var form = new ListForm { ConsentElsewhere = true, Elsewhere = [ContactChannels.Call], Waves = new() { By = by, Parts = parts } };

        Assert.Contains(words, Assert.Throws<RefusedException>(() => TargetListBuilder.Check(form.ToDefinition())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_guessed_by_their_names_and_values()
    {
        using var invented = new InventedTable(
            ("C_AGE", ColumnKind.Number, new object?[] { 30f, 40f }),
            ("MARITAL_STATUS", ColumnKind.Category, new[] { "open", "single" }),
            ("ACCT_STATUS", ColumnKind.Category, new[] { "ACTIVE", "CLOSED" }),
            ("is_staff", ColumnKind.Number, new object?[] { 0f, 1f }),
            ("Consent_E-mail", ColumnKind.Category, new[] { "Yes", "No" }),
            ("Consent_E-mail_Date", ColumnKind.Date, new object?[] { 20_000f, 20_001f }),
            ("dnc_call", ColumnKind.Category, new[] { "Y", "N" }),
            ("mail_balance", ColumnKind.Number, new object?[] { 1f, 2f }),
            ("HouseholdId", ColumnKind.Text, new[] { "a", "b" }));
        var guess = ListGuess.Of(invented.Table);

        Assert.Equal(("C_AGE", 18), (guess.Eligibility.AgeColumn, guess.Eligibility.FromAge));
        Assert.Equivalent(new ValueRule("ACCT_STATUS", ["ACTIVE"]), guess.Eligibility.Status, strict: true);
        Assert.Equivalent(new ValueRule("is_staff", ["1"]), guess.Eligibility.Staff, strict: true);
        Assert.Null(guess.Eligibility.Deceased);
        Assert.Equal("HouseholdId", guess.HouseholdColumn);
        Assert.Equal([ContactChannels.Call, ContactChannels.Email], guess.Consent.Channels.Select(channel => channel.Channel));
        Assert.Equivalent(new ValueRule("dnc_call", ["N"]), guess.Consent.Channels[0].Yes, strict: true);
        Assert.Equal(("Consent_E-mail", "Consent_E-mail_Date"), (guess.Consent.Channels[1].Yes.Column, guess.Consent.Channels[1].DateColumn));
    }

    [Fact]
    public void A_file_that_says_nothing_leaves_consent_a_question()
    {
        using var invented = new InventedTable(("balance", ColumnKind.Number, new object?[] { 1f, 2f }));
        var guess = ListGuess.Of(invented.Table);

        Assert.Throws<RefusedException>(() => TargetListBuilder.Check(guess));
        Assert.False(guess.Eligibility.IsApplied);
    }

    [Fact]
    public void A_column_with_many_values_offers_none_to_tick()
    {
        using var invented = new InventedTable(
            ("flag", ColumnKind.Number, new object?[] { 1f, 0f, null }), ("balance", ColumnKind.Number, Enumerable.Range(0, 3).Select(value => (object?)(float)value).ToArray()),
            ("name", ColumnKind.Text, new[] { "a", "b", "c" }));
        using var many = new InventedTable(("balance", ColumnKind.Number, Enumerable.Range(0, 21).Select(value => (object?)(float)value).ToArray()));

        Assert.Equal(["0", "1"], new ListChoices(invented.Table).ValuesOf("flag"));
        Assert.Equal(["flag", "balance"], new ListChoices(invented.Table).ValueColumns);
        Assert.Empty(new ListChoices(many.Table).ValuesOf("balance"));
        Assert.Empty(new ListChoices(many.Table).ValuesOf("absent"));
    }
}
