using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Platform;

/// <summary>
/// The way in to a new server installation: while nobody is administrator, each start prints a link <c>/setup/{token}</c> that makes one,
/// once.
/// </summary>
public sealed class FirstAdministrator(IServiceScopeFactory scopes) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private string? _token;

    /// <summary>The path to print; null where there is an administrator.</summary>
    public async Task<string?> NewLinkAsync(CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Administrators(scope.ServiceProvider.GetRequiredService<CampaignDbContext>()).AnyAsync(cancellation))
        {
            return null;
        }

        _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return $"/setup/{_token}";
    }

    /// <summary>Is this the token of the printed link, and is the link unused?</summary>
    public bool Fits(string candidate) =>
        _token is { } open && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(open), Encoding.UTF8.GetBytes(candidate));

    /// <summary>Makes the administrator and uses the link up. Returns what to mend, in sentences; empty when it is done.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(string candidate, string email, string displayName, string password)
    {
        await _turn.WaitAsync();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
            if (!Fits(candidate) || await Administrators(db).AnyAsync())
            {
                return ["This link was used already or belongs to an earlier start. Start Campaign again for a new one."];
            }

            var user = new CampaignUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = displayName };
            var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>();

            // The person's save takes the role and the entry with it: all three or none.
            db.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = Roles.Administrator });
            trail.Append(db, Actor.System, AuditActions.PersonAdded, $"person:{user.Id}", new { Roles = new[] { Roles.Administrator } });
            var result = await scope.ServiceProvider.GetRequiredService<UserManager<CampaignUser>>().CreateAsync(user, password);
            if (!result.Succeeded)
            {
                return [.. result.Errors.Select(error => error.Description)];
            }

            _token = null;
            return [];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    internal static IQueryable<IdentityUserRole<string>> Administrators(CampaignDbContext db) =>
        db.UserRoles.Where(held => held.RoleId == Roles.Administrator);
}
