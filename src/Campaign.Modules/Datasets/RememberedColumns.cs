using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Datasets;

/// <summary>What a person confirmed about the columns of a file, for the next file with the same columns.</summary>
public sealed class RememberedColumns
{
    /// <summary><see cref="HeaderNames.Signature"/>.</summary>
    public string HeaderSignature { get; set; } = "";

    /// <summary>The confirmed <see cref="ColumnRoles"/> as JSON.</summary>
    public string RolesJson { get; set; } = "{}";

    /// <summary>Day or month first, where the file had such dates: the same is likely of the next.</summary>
    public DateForm? Dates { get; set; }

    public string FileName { get; set; } = "";

    public string SavedByName { get; set; } = "";

    public DateTime SavedUtc { get; set; }

    /// <summary>What to ask of a further file so that its columns get these roles. Columns that could not be used then are looked at anew.</summary>
    internal RoleRequest ToRequest()
    {
        var roles = JsonSerializer.Deserialize<ColumnRoles>(RolesJson, JsonSerializerOptions.Web)!;
        string[] byUser = [.. roles.LeftOut.Where(one => one.Reason == LeftOutReason.ByUser).Select(one => one.Name)];
        return new(
            roles.Id ?? RoleRequest.NoId, roles.Label, roles.AffluentValue,
            [.. byUser.Except(roles.Sensitive)], [.. byUser.Intersect(roles.Sensitive)], roles.Types,
            [.. (roles.Derived ?? []).Select(feature => feature.Name)]);
    }

    internal string Remark => $"The columns are set as in {FileName}, which {SavedByName} confirmed on {InWords.Day(SavedUtc)}.";

    /// <summary>Null where no file with these columns was confirmed.</summary>
    internal static Task<RememberedColumns?> FindAsync(CampaignDbContext db, IEnumerable<string> columns, CancellationToken cancellation)
    {
        var signature = HeaderNames.Signature(columns);
        return db.Set<RememberedColumns>().AsNoTracking().SingleOrDefaultAsync(remembered => remembered.HeaderSignature == signature, cancellation);
    }

    /// <summary>Adds to the unit of work, to be saved by <see cref="SaveAsync"/>; the latest confirmation replaces an earlier one.</summary>
    internal static async Task RememberAsync(CampaignDbContext db, Dataset dataset, ColumnRoles roles, Actor actor, DateTime utc, CancellationToken cancellation)
    {
        var remembered = await db.Set<RememberedColumns>().SingleOrDefaultAsync(one => one.HeaderSignature == dataset.HeaderSignature, cancellation);
        if (remembered is null)
        {
            remembered = new RememberedColumns { HeaderSignature = dataset.HeaderSignature };
            db.Add(remembered);
        }

        remembered.RolesJson = JsonSerializer.Serialize(roles, JsonSerializerOptions.Web);
        remembered.Dates = dataset.ReadDialect().Dates.Values.Where(form => form is DateForm.DayFirst or DateForm.MonthFirst).Select(form => (DateForm?)form).FirstOrDefault();
        remembered.FileName = dataset.FileName;
        remembered.SavedByName = actor.Name;
        remembered.SavedUtc = utc;
    }

    /// <summary>Saves the unit of work, also where the first two files with the same columns are confirmed at once and the other came first.</summary>
    internal static async Task SaveAsync(CampaignDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException clash) when (db.ChangeTracker.Entries<RememberedColumns>().Any(entry => clash.Entries.Any(failed => failed.Entity == entry.Entity) && entry.State == EntityState.Added))
        {
            foreach (var entry in db.ChangeTracker.Entries<RememberedColumns>())
            {
                entry.State = EntityState.Modified;
            }

            await db.SaveChangesAsync(cancellation);
        }
    }
}

internal sealed class RememberedColumnsMapping : IEntityTypeConfiguration<RememberedColumns>
{
    public void Configure(EntityTypeBuilder<RememberedColumns> builder)
    {
        builder.ToTable("RememberedColumns");
        builder.HasKey(remembered => remembered.HeaderSignature);
        builder.Property(remembered => remembered.HeaderSignature).HasMaxLength(64);
        builder.Property(remembered => remembered.FileName).HasMaxLength(300);
        builder.Property(remembered => remembered.SavedByName).HasMaxLength(200);
    }
}
