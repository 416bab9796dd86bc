using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using static Campaign.Modules.Platform.Roles;

namespace Campaign.Modules.Platform;

/// <summary>Which roles each <see cref="Access"/> asks for: one of them is enough.</summary>
public static class AccessRules
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> RolesByAccess { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Access.Read] = All,
        [Access.Model] = [Marketer],
        [Access.DeleteData] = [Marketer, Administrator],
        [Access.Customers] = [Marketer, CampaignTeam],
        [Access.BuildLists] = [Marketer, CampaignTeam],
        [Access.AddSuppression] = [Marketer, CampaignTeam, Compliance],
        [Access.EndSuppression] = [Compliance],
        [Access.ContactPolicy] = [Compliance],
        [Access.ApproveLists] = [Marketer, Compliance],
        [Access.Documents] = [Marketer, Compliance, Validator, Administrator],
        [Access.Notes] = [Marketer, Compliance, Validator],
        [Access.ApproveModels] = [Compliance, Validator],
        [Access.Audit] = [Compliance, Validator, Administrator],
        [Access.FairnessLimits] = [Compliance],
        [Access.People] = [Administrator],
    };

    /// <summary>A policy for each access, and nobody through where an endpoint names none.</summary>
    internal static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var (access, roles) in RolesByAccess)
        {
            options.AddPolicy(access, policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        }

        // An address that leads nowhere is 'not found' to those who are signed in; an endpoint without a rule is closed to everyone.
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(request => request.Resource is HttpContext http && http.GetEndpoint() is null)
            .Build();
    }
}
