using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Platform;

[Authorize(Policy = Access.People)]
public sealed class PeopleModel(UserManager<CampaignUser> users, CampaignDbContext db, AuditTrail trail) : PageModel
{
    public static IReadOnlyList<(string Role, string Words)> RoleWords { get; } =
    [
        (Platform.Roles.Marketer, "uploads files, builds models, sets cut-offs"),
        (Platform.Roles.CampaignTeam, "makes and downloads target lists"),
        (Platform.Roles.Compliance, "reads documents and the audit trail, sets the limits of fairness"),
        (Platform.Roles.Validator, "checks models and the audit trail"),
        (Platform.Roles.Administrator, "adds people and gives roles"),
    ];

    [BindProperty]
    public NewPerson Input { get; set; } = new();

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public string? Link { get; private set; }

    public string? LinkFor { get; private set; }

    public string? Refusal { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAddAsync()
    {
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Page();
        }

        var user = new CampaignUser { UserName = Input.Email, Email = Input.Email, EmailConfirmed = true, DisplayName = Input.Name.Trim() };
        var given = Input.Roles.Intersect(Platform.Roles.All).ToList();

        // The person's save takes the roles and the entry with it: all or none.
        db.UserRoles.AddRange(given.Select(role => new IdentityUserRole<string> { UserId = user.Id, RoleId = role }));
        trail.Append(db, User.ToActor(), AuditActions.PersonAdded, $"person:{user.Id}", new { Roles = given });
        var result = await users.CreateAsync(user);
        if (result.Succeeded)
        {
            await MakeLinkAsync(user);
            Input = new();
            ModelState.Clear();
        }
        else
        {
            Refusal = string.Join(" ", result.Errors.Select(error => error.Description));
        }

        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRolesAsync(string personId, string[] roles)
    {
        var user = await users.FindByIdAsync(personId);
        if (user is null)
        {
            return NotFound();
        }

        var before = await users.GetRolesAsync(user);
        var after = roles.Intersect(Platform.Roles.All).ToList();
        var losesAdministrator = before.Contains(Platform.Roles.Administrator) && !after.Contains(Platform.Roles.Administrator);
        if (losesAdministrator && (await users.GetUsersInRoleAsync(Platform.Roles.Administrator)).Count == 1)
        {
            Refusal = $"{user.DisplayName} is the only administrator. Give someone else that role first.";
            ModelState.Clear();
            await LoadAsync();
            return Page();
        }

        db.UserRoles.RemoveRange(await db.UserRoles.Where(held => held.UserId == user.Id && !after.Contains(held.RoleId)).ToListAsync());
        db.UserRoles.AddRange(after.Except(before).Select(role => new IdentityUserRole<string> { UserId = user.Id, RoleId = role }));
        trail.Append(db, User.ToActor(), AuditActions.RolesChanged, $"person:{user.Id}", new { before, after });

        // Signs the person out elsewhere, so that the old roles end now; saves all of the above.
        await users.UpdateSecurityStampAsync(user);
        TempData["Status"] = $"{user.DisplayName}'s roles are saved.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostLinkAsync(string personId)
    {
        var user = await users.FindByIdAsync(personId);
        if (user is null)
        {
            return NotFound();
        }

        await MakeLinkAsync(user);
        ModelState.Clear();
        await LoadAsync();
        return Page();
    }

    private async Task MakeLinkAsync(CampaignUser user)
    {
        var token = await users.GeneratePasswordResetTokenAsync(user);
        Link = Url.PageLink("/Platform/SetPassword", values: new { personId = user.Id, token });
        LinkFor = user.DisplayName;
    }

    private async Task LoadAsync()
    {
        var rolesOf = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            select new { held.UserId, role.Name }).ToListAsync();
        var byPerson = rolesOf.ToLookup(held => held.UserId, held => held.Name!);
        var people = await db.Users.OrderBy(user => user.DisplayName).ToListAsync();
        People = [.. people.Select(user => new PersonRow(user.Id, user.DisplayName, user.Email ?? "", [.. byPerson[user.Id].Order(StringComparer.Ordinal)]))];
    }

    public sealed record PersonRow(string Id, string Name, string Email, IReadOnlyList<string> Roles);

    public sealed class NewPerson
    {
        [Required(ErrorMessage = "Enter the person's name."), StringLength(100)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Enter the person's e-mail."), EmailAddress(ErrorMessage = "This is not an e-mail address.")]
        public string Email { get; set; } = "";

        [MinLength(1, ErrorMessage = "Choose at least one role.")]
        public List<string> Roles { get; set; } = [];
    }
}
