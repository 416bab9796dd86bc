using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Modeling;

/// <summary>How a person wants the threshold to be chosen; only what belongs to the rule is read.</summary>
/// <param name="Recall">Above 0 and below 1, for <see cref="ThresholdRule.Promise"/>.</param>
/// <param name="Confidence">Above 0 and below 1, for <see cref="ThresholdRule.Promise"/>.</param>
/// <param name="Budget">Customers to contact, for <see cref="ThresholdRule.Budget"/>.</param>
/// <param name="Score">0 to 1, for <see cref="ThresholdRule.ByHand"/>.</param>
public sealed record ThresholdWish(ThresholdRule Rule, double Recall, double Confidence, int Budget, double Score);

/// <summary>The threshold that a wish comes to, with its exact counts.</summary>
/// <param name="Promise">Null but for <see cref="ThresholdRule.Promise"/>.</param>
public sealed record ThresholdFound(OperatingThreshold Threshold, ThresholdPoint Point, RecallPromise? Promise);

/// <summary>What came of saving a threshold.</summary>
public enum ThresholdSaved
{
    Saved,

    /// <summary>Somebody else set the threshold since the page was opened; nothing was changed.</summary>
    ChangedMeanwhile,
}

/// <summary>Finds and saves the operating threshold of a finished run.</summary>
public sealed class ThresholdChoice(CampaignDbContext db, AuditTrail trail, ScoredRowsReader reader)
{
    /// <exception cref="RefusedException">The wish can't be met; the sentence says why and what would.</exception>
    public async Task<ThresholdFound> FindAsync(ModelRunSummary run, ThresholdWish wish, CancellationToken cancellation)
    {
        var rows = await reader.ReadAsync(run, cancellation);
        var outcome = wish.Rule switch
        {
            ThresholdRule.Promise when wish.Recall is > 0 and < 1 && wish.Confidence is > 0 and < 1 =>
                rows.ForRecall(wish.Recall, wish.Confidence),
            ThresholdRule.Promise => throw new RefusedException("The recall and the confidence must each lie between 0 and 100 %."),
            ThresholdRule.Budget when wish.Budget >= 1 => OperatingThreshold.ForBudget(rows.Steps, wish.Budget),
            ThresholdRule.Budget => throw new RefusedException("The budget must be at least 1 customer."),
            _ => null,
        };
        var (threshold, promise) = outcome switch
        {
            ThresholdOutcome.Promised promised => (promised.Threshold, promised.Promise),
            ThresholdOutcome.WithinBudget within => (within.Threshold, null),
            ThresholdOutcome.TooFewKnown few => throw few.Refusal(run.PromiseKind),
            ThresholdOutcome.NotReachable not => throw new RefusedException(not.Reason) { ExitCode = 3 },
            _ => (new OperatingThreshold(wish.Score), (RecallPromise?)null),
        };
        var point = rows.Steps.At(threshold) ?? throw new RefusedException(string.Create(
            CultureInfo.InvariantCulture, $"No customer scores {threshold.Score:0.####} or more: choose a number up to {rows.Steps[0].Score:0.####}."));
        return new ThresholdFound(threshold, point, promise);
    }

    /// <summary>Exact counts at a threshold that was saved: from the run's curve where it holds the score, else from the rows.</summary>
    public async Task<ThresholdPoint> PointAtAsync(
        ModelRunSummary run, ThresholdCurve curve, OperatingThreshold threshold, CancellationToken cancellation)
    {
        foreach (var point in curve.Points)
        {
            if (point.Score == threshold.Score)
            {
                return point;
            }
        }

        var rows = await reader.ReadAsync(run, cancellation);
        return rows.Steps.At(threshold) ?? throw new InvalidOperationException($"The threshold of run {run.Id} selects no row.");
    }

    /// <param name="version">The run's version when the person opened the page: a later edit by somebody else is not overwritten.</param>
    public async Task<ThresholdSaved> UseAsync(ModelRunSummary summary, int version, ThresholdWish wish, Actor actor, CancellationToken cancellation)
    {
        var found = await FindAsync(summary, wish, cancellation);
        var run = await db.Set<ModelRun>().SingleAsync(run => run.Id == summary.Id, cancellation);
        if (run.Version != version)
        {
            return ThresholdSaved.ChangedMeanwhile;
        }

        trail.Append(db, actor, AuditActions.ThresholdSet, $"run:{run.Id}", new
        {
            before = new { run.Threshold, run.ThresholdRule },
            after = new { Threshold = found.Threshold.Score, ThresholdRule = wish.Rule, found.Promise, found.Point.SelectedAffluent, found.Point.SelectedNormal },
        });
        run.Threshold = found.Threshold.Score;
        run.ThresholdRule = wish.Rule;
        run.PromiseJson = found.Promise is null ? null : JsonSerializer.Serialize(found.Promise, JsonSerializerOptions.Web);
        run.Version++;
        try
        {
            await db.SaveChangesAsync(cancellation);
            return ThresholdSaved.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other save came between our read and our write.
            return ThresholdSaved.ChangedMeanwhile;
        }
    }
}
