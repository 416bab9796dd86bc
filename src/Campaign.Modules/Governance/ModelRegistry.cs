using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Governance;

/// <summary>
/// Model versions and their stages: draft, in review, approved, retired; one champion a name. Who trained or registered a version may not
/// approve it; the local owner, who works alone, may, and it is said to be not independently reviewed. Who holds which role is the pages' question.
/// </summary>
public sealed class ModelRegistry(CampaignDbContext db, ModelRunCatalog runs, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Characters.</summary>
    public const int LongestName = 100;

    /// <summary>Characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>All versions: by name, the newest of a name first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default) =>
        await db.Set<ModelVersion>().AsNoTracking().OrderBy(version => version.ModelName).ThenByDescending(version => version.Number).ToListAsync(cancellation);

    public Task<ModelVersion?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == id, cancellation);

    /// <summary>Null where the run is not registered.</summary>
    public Task<ModelVersion?> OfRunAsync(Guid runId, CancellationToken cancellation = default) =>
        db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.ModelRunId == runId, cancellation);

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ModelVersionEntry>> HistoryAsync(Guid id, CancellationToken cancellation = default) =>
        await db.Set<ModelVersionEntry>().AsNoTracking().Where(entry => entry.ModelVersionId == id).OrderByDescending(entry => entry.Number).ToListAsync(cancellation);

    /// <summary>Registers a finished run under a name, as the next version of it, a draft.</summary>
    /// <returns>The version's id.</returns>
    /// <exception cref="RefusedException">The run is not finished or registered already, or name or reason are empty or too long.</exception>
    public async Task<Guid> RegisterAsync(Guid runId, string? name, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var modelName = Written(name, "The name", LongestName);
        var why = Written(reason, "The reason", LongestReason);
        if (await runs.FindAsync(runId, cancellation) is not { Results: { } results } run)
        {
            throw new RefusedException("Only a finished model run can be registered.");
        }

        if (await OfRunAsync(runId, cancellation) is { } there)
        {
            throw new RefusedException($"This run is registered already, as {there.FullName}.");
        }

        var last = await db.Set<ModelVersion>().Where(version => version.ModelName == modelName).MaxAsync(version => (int?)version.Number, cancellation) ?? 0;
        var registered = new ModelVersion
        {
            Id = Guid.CreateVersion7(),
            ModelName = modelName,
            Number = last + 1,
            ModelRunId = runId,
            ModelHash = results.ModelHash,
            TrainedById = run.CreatedById,
            RegisteredById = actor.Id,
            RegisteredByName = actor.Name,
            RegisteredUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(registered);
        AddEntry(registered, ModelAct.Registered, null, why, actor);
        trail.Append(db, actor, AuditActions.ModelRegistered, $"model:{registered.Id}", new { name = modelName, registered.Number, runId, registered.ModelHash });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (db.Set<ModelVersion>().AsNoTracking().Any(version => version.ModelRunId == runId || (version.ModelName == modelName && version.Number == last + 1)))
        {
            throw new RefusedException("Somebody else registered this run, or a version of the same name, at this moment. Look at the register, then try again.");
        }

        return registered.Id;
    }

    /// <summary>A draft is handed in for review.</summary>
    /// <inheritdoc cref="RetireAsync"/>
    public async Task SubmitAsync(Guid id, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default) =>
        await MoveAsync(await OpenAsync(id, seenVersion, cancellation), ModelAct.Submitted, ModelStage.InReview, reason, actor, cancellation);

    /// <summary>Back from review to draft.</summary>
    /// <inheritdoc cref="RetireAsync"/>
    public async Task SendBackAsync(Guid id, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default) =>
        await MoveAsync(await OpenAsync(id, seenVersion, cancellation), ModelAct.SentBack, ModelStage.Draft, reason, actor, cancellation);

    /// <summary>From review to approved, by somebody who neither trained nor registered it. The attempt of one who did is on the trail.</summary>
    /// <inheritdoc cref="RetireAsync"/>
    public async Task ApproveAsync(Guid id, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var version = await OpenAsync(id, seenVersion, cancellation);
        if (MadeBy(version, actor))
        {
            db.ChangeTracker.Clear();
            trail.Append(db, actor, AuditActions.AccessRefused, $"model:{id}", new { asked = "approve", because = "maker is not checker" });
            await db.SaveChangesAsync(cancellation);
            throw new RefusedException("You trained or registered this model, so somebody else must approve it.");
        }

        version.ApprovedById = actor.Id;
        version.ApprovedByName = actor.Name;
        version.ApprovedUtc = clock.GetUtcNow().UtcDateTime;
        await MoveAsync(version, ModelAct.Approved, ModelStage.Approved, reason, actor, cancellation);
    }

    /// <summary>To the last stage; a champion is one no longer.</summary>
    /// <param name="seenVersion">The version's <see cref="ModelVersion.Version"/> when the person opened the page.</param>
    /// <param name="reason">1 to <see cref="LongestReason"/> characters.</param>
    /// <exception cref="RefusedException">The stage does not allow it, the reason is empty or too long, or somebody else changed the version meanwhile.</exception>
    public async Task RetireAsync(Guid id, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var version = await OpenAsync(id, seenVersion, cancellation);
        version.ChampionSinceUtc = null;
        await MoveAsync(version, ModelAct.Retired, ModelStage.Retired, reason, actor, cancellation);
    }

    /// <summary>Makes an approved version the champion of its name, in the place of the one before.</summary>
    /// <inheritdoc cref="RetireAsync"/>
    public async Task MakeChampionAsync(Guid id, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var version = await OpenAsync(id, seenVersion, cancellation);
        var why = Written(reason, "The reason", LongestReason);
        if (version.Stage != ModelStage.Approved)
        {
            throw new RefusedException($"{version.FullName} is {InWords(version.Stage)}; only an approved version can be the champion.");
        }

        if (version.ChampionSinceUtc is not null)
        {
            throw new RefusedException($"{version.FullName} is the champion already.");
        }

        ModelVersion? before = null;
        await SavingAsync(version, IsAnotherChampion, async () =>
        {
            // The one before steps down first: the index that allows one champion a name is checked row by row.
            await using var together = await db.Database.BeginTransactionAsync(cancellation);
            before = await db.Set<ModelVersion>().SingleOrDefaultAsync(one => one.ModelName == version.ModelName && one.ChampionSinceUtc != null, cancellation);
            if (before is not null)
            {
                before.ChampionSinceUtc = null;
                before.Version++;
                AddEntry(before, ModelAct.Succeeded, before.Stage, $"{version.FullName} is the champion now.", actor);
                await db.SaveChangesAsync(cancellation);
            }

            version.ChampionSinceUtc = clock.GetUtcNow().UtcDateTime;
            version.Version++;
            AddEntry(version, ModelAct.MadeChampion, version.Stage, why, actor);
            trail.Append(db, actor, AuditActions.ChampionSet, $"model:{id}", new { name = version.ModelName, version.Number, before = before?.Number });
            await db.SaveChangesAsync(cancellation);
            await together.CommitAsync(cancellation);
        });

        bool IsAnotherChampion() => before is null
            ? Stored().Any(one => one.ModelName == version.ModelName && one.ChampionSinceUtc != null)
            : Stored().Any(one => one.Id == before.Id && one.Version >= before.Version);
    }

    /// <summary>Whether this person may not approve it; the local owner, who works alone, always may.</summary>
    public static bool MadeBy(ModelVersion version, Actor actor) =>
        actor.Id != Actor.LocalOwner.Id && (actor.Id == version.RegisteredById || actor.Id == version.TrainedById);

    public static string InWords(ModelAct act) => act switch
    {
        ModelAct.Registered => "registered, a draft",
        ModelAct.Submitted => "handed in for review",
        ModelAct.SentBack => "sent back to draft",
        ModelAct.Approved => "approved",
        ModelAct.MadeChampion => "made the champion",
        ModelAct.Succeeded => "no longer the champion",
        _ => "retired",
    };

    public static string InWords(ModelStage stage) => stage switch
    {
        ModelStage.Draft => "a draft",
        ModelStage.InReview => "in review",
        ModelStage.Approved => "approved",
        _ => "retired",
    };

    /// <summary>The moves that the stages allow; the database's constraint on the history says the same.</summary>
    private static bool IsAllowed(ModelStage from, ModelStage to) => (from, to) is
        (ModelStage.Draft, ModelStage.InReview or ModelStage.Retired) or
        (ModelStage.InReview, ModelStage.Draft or ModelStage.Approved) or
        (ModelStage.Approved, ModelStage.Retired);

    private async Task MoveAsync(ModelVersion version, ModelAct act, ModelStage to, string? reason, Actor actor, CancellationToken cancellation)
    {
        var why = Written(reason, "The reason", LongestReason);
        var from = version.Stage;
        if (!IsAllowed(from, to))
        {
            throw new RefusedException($"{version.FullName} is {InWords(from)} and can't become {InWords(to)} from there.");
        }

        version.Stage = to;
        version.Version++;
        AddEntry(version, act, from, why, actor);
        trail.Append(db, actor, AuditActions.ModelStageSet, $"model:{version.Id}", new { name = version.ModelName, version.Number, before = from.ToString(), after = to.ToString() });
        await SavingAsync(version, () => false, () => db.SaveChangesAsync(cancellation));
    }

    private async Task<ModelVersion> OpenAsync(Guid id, int seenVersion, CancellationToken cancellation)
    {
        var version = await db.Set<ModelVersion>().SingleOrDefaultAsync(version => version.Id == id, cancellation)
            ?? throw new RefusedException("There is no such model version: choose one from the register.");
        return version.Version == seenVersion ? version : throw ChangedMeanwhile();
    }

    private IQueryable<ModelVersion> Stored() => db.Set<ModelVersion>().AsNoTracking();

    /// <summary>
    /// Somebody else's save between our read and our write is told, not overwritten. It shows as the version's number, or as a history entry
    /// with the number that ours was to have.
    /// </summary>
    private async Task SavingAsync(ModelVersion version, Func<bool> isLate, Func<Task> save)
    {
        try
        {
            await save();
        }
        catch (DbUpdateException fault) when (
            fault is DbUpdateConcurrencyException || Stored().Any(one => one.Id == version.Id && one.Version >= version.Version) || isLate())
        {
            throw ChangedMeanwhile();
        }
    }

    private static RefusedException ChangedMeanwhile() =>
        new("Somebody else has changed this model version since you opened the page. Look at what they did, then decide again.");

    private void AddEntry(ModelVersion version, ModelAct act, ModelStage? from, string reason, Actor actor) => db.Add(new ModelVersionEntry
    {
        ModelVersionId = version.Id,
        Number = version.Version,
        Act = act,
        FromStage = from,
        ToStage = version.Stage,
        Reason = reason,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Utc = clock.GetUtcNow().UtcDateTime,
    });

    private static string Written(string? text, string what, int longest)
    {
        var written = (text ?? "").Trim();
        return written.Length >= 1 && written.Length <= longest
            ? written
            : throw new RefusedException($"{what} has 1 to {Platform.InWords.Count(longest)} characters; this one has {Platform.InWords.Count(written.Length)}.");
    }
}
