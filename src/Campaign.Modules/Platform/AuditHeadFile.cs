using System.Text.Json;

namespace Campaign.Modules.Platform;

/// <summary>What <see cref="AuditHeadFile"/> holds.</summary>
/// <param name="Current">The last position known to be committed.</param>
/// <param name="Pending">A position whose commit was under way; null once it is known to have happened.</param>
/// <param name="Breaks">Sentences about times when the database did not end where this file says; never removed.</param>
internal sealed record AuditHeadState(AuditPosition Current, AuditPosition? Pending, IReadOnlyList<string> Breaks);

/// <summary>
/// The latest position of the audit trail, kept outside the database so that a cut tail shows. Replaced by a rename, so a kill leaves
/// the old or the new content; processes that share the folder take turns on a lock file.
/// </summary>
internal sealed class AuditHeadFile(FileStore files)
{
    private static readonly AuditPosition Start = new(0, AuditSeal.NoHash);
    private readonly Lock _turn = new();

    /// <summary>Null where nothing was ever announced.</summary>
    public AuditHeadState? Read()
    {
        var path = HeadPath;
        return File.Exists(path) ? JsonSerializer.Deserialize<AuditHeadState>(File.ReadAllBytes(path), JsonSerializerOptions.Web) : null;
    }

    /// <summary>Before a commit.</summary>
    /// <param name="found">Where the database ends; null where that is not committed yet.</param>
    /// <param name="next">Where it will end.</param>
    public void Announce(AuditPosition? found, AuditPosition next) => Change(state =>
    {
        if (found is null)
        {
            return state with { Pending = next };
        }

        var breaks = state.Breaks;
        if (found != state.Current && found != state.Pending)
        {
            // Recording goes on, but what the database held is not taken over silently: the break stays on record.
            breaks = [.. breaks, $"entry {next.Sequence} was added when the database ended at entry {found.Sequence}, while the head outside it was entry {state.Current.Sequence}"];
        }

        return new(found, next, breaks);
    });

    /// <summary>After the commit. A later append that has already announced itself knows about this one.</summary>
    public void Confirm(AuditPosition committed) => Change(state => state.Pending == committed ? state with { Current = committed, Pending = null } : state);

    private string HeadPath => Path.Combine(files.TrailFolder, "head.json");

    private void Change(Func<AuditHeadState, AuditHeadState> change)
    {
        lock (_turn)
        {
            OwnerOnly.CreateFolder(files.TrailFolder);
            using var others = WaitForOtherProcesses();
            var before = Read() ?? new(Start, null, []);
            var after = change(before);
            if (after == before)
            {
                return;
            }

            var draft = $"{HeadPath}.{Guid.NewGuid():N}";
            using (var stream = OwnerOnly.CreateFile(draft))
            {
                JsonSerializer.Serialize(stream, after, JsonSerializerOptions.Web);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, HeadPath, overwrite: true);
        }
    }

    private FileStream WaitForOtherProcesses()
    {
        var path = Path.Combine(files.TrailFolder, "head.lock");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 2000)
            {
                Thread.Sleep(5);
            }
        }
    }
}
