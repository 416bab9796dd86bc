using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Campaign.Modules.Platform;

/// <summary>Sign-in, roles and what they open, for the web host.</summary>
public static class SignInSetup
{
    // A person mistypes; a program that guesses is slowed down, beside the lock-out of the account.
    private const int PostsAMinute = 10;
    private static readonly PathString[] GuessablePaths = ["/sign-in", "/setup", "/set-password"];

    public static IServiceCollection AddSignIn(this IServiceCollection services, InstallationMode mode, FileStore files)
    {
        services.AddIdentity<CampaignUser, IdentityRole>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = 12;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        })
            .AddEntityFrameworkStores<CampaignDbContext>()
            .AddClaimsPrincipalFactory<CampaignClaims>()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(2));

        // A role that is taken away ends within a minute on every open session.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.ConfigureApplicationCookie(options => ConfigureCookie(options, mode, files));

        OwnerOnly.CreateFolder(files.KeysFolder);
        services.AddDataProtection().SetApplicationName("Campaign").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(files.KeysFolder, "sessions")));
        services.AddAuthorization(AccessRules.AddPolicies);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalRecord>();
        services.AddSingleton<LocalOwner>();
        services.AddSingleton<FirstAdministrator>();
        services.AddRateLimiter(LimitGuesses);
        return services;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options, InstallationMode mode, FileStore files)
    {
        // Cookies don't know ports: two installations on one machine keep theirs apart by the folder.
        options.Cookie.Name = $"campaign-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files.Root)))[..8]}";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.SlidingExpiration = true;
        if (!mode.IsSingleUser)
        {
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromHours(8);
            return;
        }

        options.Cookie.SameSite = SameSiteMode.Strict;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.Events = new CookieAuthenticationEvents
        {
            // There is no row of the local owner to look at again; a cookie of server mode is not theirs.
            OnValidatePrincipal = context =>
            {
                if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) != Actor.LocalOwner.Id)
                {
                    context.RejectPrincipal();
                }

                return Task.CompletedTask;
            },
            OnRedirectToLogin = context => LocalOwner.RefuseAsync(
                context.HttpContext, StatusCodes.Status403Forbidden, "Open Campaign with the address that it printed when it started: it lets you in."),
        };
    }

    private static void LimitGuesses(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) => new ValueTask(LocalOwner.RefuseAsync(
            context.HttpContext, StatusCodes.Status429TooManyRequests, "Too many tries. Wait a minute and try again."));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            HttpMethods.IsPost(http.Request.Method) && GuessablePaths.Any(path => http.Request.Path.StartsWithSegments(path))
                ? RateLimitPartition.GetFixedWindowLimiter(
                    http.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = PostsAMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
    }

    /// <summary>Carries the display name, so that pages and the trail call people by it.</summary>
    private sealed class CampaignClaims(UserManager<CampaignUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
        : UserClaimsPrincipalFactory<CampaignUser, IdentityRole>(users, roles, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(CampaignUser user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
            return identity;
        }
    }

    /// <summary>Records each refusal of a person who is signed in: who, and the address pattern without its values.</summary>
    private sealed class RefusalRecord(AuditTrail trail) : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _usual = new();

        public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Forbidden)
            {
                var db = context.RequestServices.GetRequiredService<CampaignDbContext>();
                var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
                trail.Append(db, context.User.ToActor(), AuditActions.AccessRefused, "page:" + (pattern.Length > 100 ? pattern[..100] : pattern));
                await db.SaveChangesAsync(context.RequestAborted);
            }

            await _usual.HandleAsync(next, context, policy, authorizeResult);
        }
    }
}
