using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaign.Modules.Platform;

/// <summary>What a page that follows a job is told.</summary>
/// <param name="Share">0 to 1 over the whole job.</param>
/// <param name="State">queued, running, done, failed or cancelled.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
public sealed record JobEvent(string Stage, double Share, string State, string? Reason);

internal static class JobEndpoints
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public static void MapJobs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/jobs/{id:guid}/events", FollowAsync).RequireAuthorization(Access.Read);
        endpoints.MapPost("/jobs/{id:guid}/cancel", CancelAsync).RequireAuthorization(Access.Read);
    }

    /// <summary>Server-sent events: one at once and one for each change; the stream ends with the end state.</summary>
    private static async Task<IResult> FollowAsync(
        Guid id, CampaignDbContext db, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, CancellationToken cancellation) =>
        await db.Jobs.AnyAsync(job => job.Id == id, cancellation)
            ? TypedResults.ServerSentEvents(EventsAsync(id, scopes, lifetime.ApplicationStopping, cancellation))
            : TypedResults.NotFound();

    private static async IAsyncEnumerable<JobEvent> EventsAsync(
        Guid id, IServiceScopeFactory scopes, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        JobEvent? told = null;
        while (!stopping.IsCancellationRequested)
        {
            await using (var scope = scopes.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
                var job = await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id, cancellation);
                var now = new JobEvent(job.Stage, job.ShareDone, job.State.ToString().ToLowerInvariant(), job.Reason);
                if (now != told)
                {
                    told = now;
                    yield return now;
                }

                if (job.HasEnded)
                {
                    yield break;
                }
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    /// <summary>
    /// Whoever asked for the job may stop it, and whoever may train. Answers 204, or for a form with a local <c>returnUrl</c> a redirect.
    /// </summary>
    private static async Task<IResult> CancelAsync(
        Guid id, HttpContext http, CampaignDbContext db, JobQueue queue, IAntiforgery antiforgery, IAuthorizationService authorization)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var actor = http.User.ToActor();
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, http.RequestAborted);
        if (job is null)
        {
            return TypedResults.NotFound();
        }

        if (job.ActorId != actor.Id && !(await authorization.AuthorizeAsync(http.User, Access.Model)).Succeeded)
        {
            return TypedResults.Forbid();
        }

        await queue.RequestCancelAsync(db, id, actor, http.RequestAborted);
        return http.Request.HasFormContentType && http.Request.Form["returnUrl"].FirstOrDefault() is { Length: > 0 } returnUrl
            ? TypedResults.LocalRedirect(returnUrl)
            : TypedResults.NoContent();
    }
}
