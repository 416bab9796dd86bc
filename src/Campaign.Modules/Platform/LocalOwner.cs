using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Platform;

/// <summary>
/// Single-user mode's way in: the address printed at start carries a one-time token, which becomes a cookie. Other users of the machine,
/// pages of other sites (through a name that points at 127.0.0.1) and proxies stay out.
/// </summary>
public sealed class LocalOwner
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];
    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];
    private readonly List<byte[]> _open = [];

    /// <summary>A token that opens the application once, 64 hex digits. Kept as a hash only.</summary>
    public string NewToken()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (_open)
        {
            _open.Add(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        }

        return token;
    }

    /// <summary>True once for each token; a wrong one uses nothing up.</summary>
    internal bool Use(string token)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        lock (_open)
        {
            return _open.RemoveAll(candidate => CryptographicOperations.FixedTimeEquals(candidate, hash)) > 0;
        }
    }

    internal static ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Actor.LocalOwner.Id),
            new Claim(ClaimTypes.Name, Actor.LocalOwner.Name),
            new Claim(ClaimTypes.GivenName, Actor.LocalOwner.Name),
            .. Roles.All.Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        IdentityConstants.ApplicationScheme));

    /// <summary>First in the pipeline, before anything answers.</summary>
    public static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (!OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await RefuseAsync(http, StatusCodes.Status421MisdirectedRequest, "Campaign runs for this machine only. Open it with the address that it printed.");
        }
        else if (ForwardingHeaders.Any(request.Headers.ContainsKey) || http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "Campaign in single-user mode takes no forwarded requests. Start it with --server to share it.");
        }
        else
        {
            await next(http);
        }
    }

    /// <summary>After authentication: turns the token of the printed address into the owner's cookie.</summary>
    public static async Task OpenAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Query["token"].FirstOrDefault() is not { } token || http.Request.Path != "/")
        {
            await next(http);
        }
        else if (http.RequestServices.GetRequiredService<LocalOwner>().Use(token))
        {
            await http.SignInAsync(IdentityConstants.ApplicationScheme, Principal(), new AuthenticationProperties { IsPersistent = true });
            http.Response.Redirect("/");
        }
        else if (http.User.Identity?.IsAuthenticated == true)
        {
            http.Response.Redirect("/");
        }
        else
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "This address was used already or belongs to an earlier start. Start Campaign again and open the address that it prints.");
        }
    }

    internal static Task RefuseAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(sentence + "\n");
    }
}
