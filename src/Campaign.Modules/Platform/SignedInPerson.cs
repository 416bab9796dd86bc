using System.Security.Claims;

namespace Campaign.Modules.Platform;

/// <summary>The person behind a request, as pages and the audit trail name them.</summary>
public static class SignedInPerson
{
    extension(ClaimsPrincipal user)
    {
        public Actor ToActor() => new(
            user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("The request is not signed in."),
            user.FindFirstValue(ClaimTypes.GivenName) ?? user.Identity?.Name ?? "");

        /// <summary>The local owner, who works alone: nothing that they do counts as reviewed.</summary>
        public bool IsSingleUser() => user.FindFirstValue(ClaimTypes.NameIdentifier) == Actor.LocalOwner.Id;
    }
}
