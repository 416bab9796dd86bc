using System.Security.Cryptography;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>
/// What other target lists mean for a new one. A list counts from its first export on, and not once it is withdrawn: until then nobody can
/// have been contacted by it. Its control group is kept back as long as the list is valid, however short the period of the caps.
/// </summary>
public sealed class EarlierContacts(CampaignDbContext db, FileStore files)
{
    /// <param name="utc">The moment that the period is counted back from.</param>
    /// <param name="exceptListId">The list that is being built.</param>
    /// <exception cref="RefusedException">The members of a list that counts are missing or changed.</exception>
    public async Task<ContactHistory> ReadAsync(DateTime utc, ContactCaps caps, Guid? exceptListId = null, CancellationToken cancellation = default)
    {
        var since = utc.AddDays(-caps.PeriodDays);
        var lists = await db.Set<TargetList>().AsNoTracking()
            .Where(list => list.Stage == ListStage.Exported && list.Id != exceptListId && list.ExportedUtc <= utc && (list.ExportedUtc > since || list.ValidUntilUtc >= utc))
            .OrderBy(list => list.ExportedUtc).ThenBy(list => list.Id).ToListAsync(cancellation);
        var history = new ContactHistory();
        foreach (var list in lists)
        {
            var (counts, runs) = (list.ExportedUtc > since, !list.IsExpired(utc));
            foreach (var member in ListMembers.Read(await CheckedAsync(list, cancellation)))
            {
                if (counts && member.Group == ListGroup.Target)
                {
                    history.AddContact(member.CustomerId, member.Channel);
                }
                else if (runs && member.Group == ListGroup.Control)
                {
                    history.AddControl(member.CustomerId);
                }
            }

            history.Add(new EarlierList(list.Id, list.Name, list.MembersHash!));
        }

        return history;
    }

    /// <returns>The path of the members' file, which is the one that was saved with the list.</returns>
    private async Task<string> CheckedAsync(TargetList list, CancellationToken cancellation)
    {
        var path = Path.Combine(files.ListFolder(list.Id), ListMembers.FileName);
        try
        {
            await using var file = File.OpenRead(path);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) == list.MembersHash)
            {
                return path;
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // Told below, as one that was changed.
        }

        throw new RefusedException(
            $"The members of the exported list '{list.Name}' are missing from the data folder or were changed there, so nobody can say who was contacted by it. Restore the folder from its backup, or withdraw that list.");
    }
}
