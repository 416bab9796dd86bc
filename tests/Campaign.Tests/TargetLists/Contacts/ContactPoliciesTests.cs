using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.TargetLists.Contacts;

public sealed class ContactPoliciesTests
{
    private static readonly Actor Officer = new("u7", "Mei");
    private readonly SettableClock _clock = new();

    [DatabaseTheory]
    public async Task Limits_that_compliance_set_are_in_force_with_their_reason_in_the_trail(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var policies = Policies(db);
        var before = await policies.InForceAsync();
        await policies.SetAsync(new ContactCaps(30, 2, null, 3, null), " Board decision 12 ", before.Version, Officer);
        var after = await policies.InForceAsync();

        Assert.Equal((ContactCaps.Own, "Campaign's own; compliance has not set any"), (before.Caps, before.SetBy));
        Assert.Equal(new ContactCaps(30, 2, null, 3, null), after.Caps);
        Assert.StartsWith("set by Mei, ", after.SetBy, StringComparison.Ordinal);
        var entry = await db.AuditEntries.SingleAsync(one => one.Action == AuditActions.ContactPolicySet);
        Assert.Contains("\"reason\":\"Board decision 12\"", entry.DetailsJson, StringComparison.Ordinal);
        Assert.Contains("\"before\":{\"periodDays\":7,\"email\":1", entry.DetailsJson, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task A_second_editor_is_told_and_overwrites_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = database.Open();
        await using var other = database.Open();
        await Policies(one).SetAsync(new ContactCaps(14, 1, 1, 1, 1), "first", 0, Officer);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Policies(other).SetAsync(new ContactCaps(28, 1, 1, 1, 1), "second", 0, Officer));

        Assert.StartsWith("Somebody else has set the limits", refused.Message, StringComparison.Ordinal);
        Assert.Equal(14, (await Policies(other).InForceAsync()).Caps.PeriodDays);
    }

    [Theory]
    [InlineData(0, 1, "why")]
    [InlineData(366, 1, "why")]
    [InlineData(7, 0, "why")]
    [InlineData(7, -1, "why")]
    [InlineData(7, 1, "  ")]
    public async Task Limits_out_of_range_or_without_a_reason_are_refused(int days, int emails, string reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        await Assert.ThrowsAsync<RefusedException>(() => Policies(db).SetAsync(new ContactCaps(days, emails, null, null, null), reason, 0, Officer));

        Assert.Empty(await db.AuditEntries.ToListAsync());
        Assert.Equal(ContactCaps.Own, (await Policies(db).InForceAsync()).Caps);
    }

    [Fact]
    public void Limits_are_told_in_words()
    {
        Assert.Equal("in any 7 days at most 1 e-mail and 1 SMS; calls and letters are not limited", ContactCaps.Own.Describe());
        Assert.Equal("in any 1 day at most 2 e-mails, 1 SMS, 3 calls and 1 letter", new ContactCaps(1, 2, 1, 3, 1).Describe());
        Assert.Equal("no channel is limited", new ContactCaps(7, null, null, null, null).Describe());
        Assert.Equal(1, ContactCaps.Own.MostOn(ContactChannels.Sms));
    }

    private ContactPolicies Policies(CampaignDbContext db) => new(db, new AuditTrail(_clock), _clock);
}
