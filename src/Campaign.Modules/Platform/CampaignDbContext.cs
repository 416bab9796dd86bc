using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Platform;

/// <summary>A person who may sign in.</summary>
public sealed class CampaignUser : IdentityUser
{
    public string DisplayName { get; set; } = "";
}

/// <summary>
/// The one model of the product. Each module's entities carry their own table mapping (an <see cref="IEntityTypeConfiguration{T}"/> beside
/// the entity); a subclass for each database lives in Campaign.Migrations and adds only what differs there.
/// </summary>
public abstract class CampaignDbContext(DbContextOptions options) : IdentityDbContext<CampaignUser>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CampaignDbContext).Assembly);
    }
}
