using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Modeling;

/// <summary>Saves with a run what its contacts are expected to bring and to cost.</summary>
public sealed class MoneyChoice(CampaignDbContext db, AuditTrail trail)
{
    /// <summary>What was set last, for whichever run; null where nobody ever has.</summary>
    public async Task<RunMoney?> LatestAsync(CancellationToken cancellation)
    {
        var latest = await db.Set<ModelRun>().AsNoTracking()
            .Where(run => run.MoneySetUtc != null).OrderByDescending(run => run.MoneySetUtc).Select(run => run.MoneyJson).FirstOrDefaultAsync(cancellation);
        return latest is null ? null : JsonSerializer.Deserialize<RunMoney>(latest, JsonSerializerOptions.Web);
    }

    /// <param name="version">The run's version when the person opened the page: a later edit by somebody else is not overwritten.</param>
    /// <exception cref="RefusedException">Somebody else has changed the run since.</exception>
    public async Task SetAsync(Guid runId, int version, RunMoney money, Actor actor, CancellationToken cancellation)
    {
        var run = await db.Set<ModelRun>().SingleAsync(run => run.Id == runId, cancellation);
        if (run.Version != version)
        {
            throw ChangedMeanwhile();
        }

        var before = run.MoneyJson is null ? null : JsonSerializer.Deserialize<RunMoney>(run.MoneyJson, JsonSerializerOptions.Web);
        trail.Append(db, actor, AuditActions.MoneySet, $"run:{runId}", new { before = Told(before), after = Told(money) });
        run.MoneyJson = JsonSerializer.Serialize(money, JsonSerializerOptions.Web);
        run.MoneySetUtc = money.SetUtc;
        run.Version++;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other save came between our read and our write.
            throw ChangedMeanwhile();
        }
    }

    private static object? Told(RunMoney? money) =>
        money is null ? null : new { money.Currency, money.ValuePerConversion, money.CostPerContact, money.ResponseShare };

    private static RefusedException ChangedMeanwhile() => new("Somebody else has changed this run since you opened the page. Look at it, then save yours.");
}
