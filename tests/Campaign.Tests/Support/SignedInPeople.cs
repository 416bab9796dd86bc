using System.Net;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Tests.Support;

/// <summary>People of a server, for tests.</summary>
public static class SignedInPeople
{
    private const string Password = "four words in a row";

    extension(CampaignApplication server)
    {
        /// <summary>The browser of a new person with this one role, signed in.</summary>
        public async Task<HttpClient> NewPersonClientAsync(string role)
        {
            var email = $"{role.Replace(' ', '.')}-{Guid.NewGuid():N}@bank.example";
            await server.InScopeAsync(async services =>
            {
                var people = services.GetRequiredService<UserManager<CampaignUser>>();
                var person = new CampaignUser { UserName = email, Email = email, DisplayName = role };
                return (await people.CreateAsync(person, Password)).Succeeded && (await people.AddToRoleAsync(person, role)).Succeeded
                    ? true
                    : throw new InvalidOperationException($"A person with the role {role} could not be made.");
            });
            var client = server.NewClient();
            using var answer = await client.PostFormAsync("/sign-in", [new("Input.Email", email), new("Input.Password", Password)]);
            return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"{role} could not sign in: {answer.StatusCode}.");
        }
    }
}
