using Campaign.Learning;
using Campaign.Learning.Fairness;
using Campaign.Modules.Governance;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Governance;

public sealed class FairnessPoliciesTests
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
        await policies.SetAsync(new FairnessLimits(0.05, 0.9, 50), " Board decision 12 ", before.Version, Officer);
        var after = await policies.InForceAsync();

        Assert.Equal(new FairnessLimits(), before.Limits);
        Assert.Equal("Campaign's own; compliance has not set any", before.SetBy);
        Assert.Equal(new FairnessLimits(0.05, 0.9, 50), after.Limits);
        Assert.StartsWith("set by Mei, ", after.SetBy, StringComparison.Ordinal);
        Assert.EndsWith(": Board decision 12", after.SetBy, StringComparison.Ordinal);
        var entry = await db.AuditEntries.SingleAsync(one => one.Action == AuditActions.FairnessLimitsSet);
        Assert.Equal("Mei", entry.ActorName);
        Assert.Contains("\"reason\":\"Board decision 12\"", entry.DetailsJson, StringComparison.Ordinal);
        Assert.Contains("\"mostGap\":0.1", entry.DetailsJson, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task A_second_editor_is_told_and_overwrites_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = database.Open();
        await using var other = database.Open();
        await Policies(one).SetAsync(new FairnessLimits(0.05), "first", 0, Officer);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Policies(other).SetAsync(new FairnessLimits(0.2), "second", 0, Officer));

        Assert.StartsWith("Somebody else has set the limits", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0.05, (await Policies(other).InForceAsync()).Limits.MostGap);
    }

    [Theory]
    [InlineData(-0.1, 0.8, 30, "why")]
    [InlineData(0.1, 1.1, 30, "why")]
    [InlineData(double.NaN, 0.8, 30, "why")]
    [InlineData(0.1, 0.8, 4, "why")]
    [InlineData(0.1, 0.8, 30, "  ")]
    public async Task Limits_out_of_range_or_without_a_reason_are_refused(double gap, double ratio, int least, string reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        await Assert.ThrowsAsync<RefusedException>(() => Policies(db).SetAsync(new FairnessLimits(gap, ratio, least), reason, 0, Officer));

        Assert.Empty(await db.AuditEntries.ToListAsync());
    }

    private FairnessPolicies Policies(CampaignDbContext db) => new(db, new AuditTrail(_clock), _clock);
}
