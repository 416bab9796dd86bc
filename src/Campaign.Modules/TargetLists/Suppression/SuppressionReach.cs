using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>What the ids of a do-not-contact list mean in the customer files that are there.</summary>
/// <param name="FileName">The latest file with confirmed columns and an id column.</param>
/// <param name="FileRowCount">Its rows.</param>
/// <param name="StoppedCount">Its customers that the list stops: each id once.</param>
/// <param name="FileCount">The latest files that were looked through, this one included.</param>
/// <param name="UnknownCount">Ids that are in none of them.</param>
/// <param name="OnlyWithZerosCount">Of these, ids that would be in the latest file with zeros in front added or taken away.</param>
/// <param name="Made">What it was made from: the files with their versions.</param>
public sealed record SuppressionReach(string FileName, int FileRowCount, int StoppedCount, int FileCount, int UnknownCount, int OnlyWithZerosCount, string Made);

/// <summary>Works out what a list reaches; kept beside its ids until the files change.</summary>
public sealed class SuppressionReaches(DatasetCatalog datasets, SuppressionRegister register, FileStore files)
{
    private const string FileName = "reach.json";
    private const int FilesLookedAt = 10;
    private const int FilesCounted = 5;

    /// <returns>Null where there is no customer file with an id column.</returns>
    /// <exception cref="RefusedException">The list's ids are missing or changed.</exception>
    public async Task<SuppressionReach?> OfAsync(SuppressionList list, CancellationToken cancellation = default)
    {
        DatasetSummary[] latest =
            [.. (await datasets.NewestAsync(FilesLookedAt, cancellation)).Where(file => file.ColumnsConfirmed && file.Roles.Id is not null).Take(FilesCounted)];
        if (latest.Length == 0)
        {
            return null;
        }

        var made = string.Join(' ', latest.Select(file => $"{file.Id:N}.{file.Version}"));
        var path = Path.Combine(files.SuppressionFolder(list.Id), FileName);
        if (File.Exists(path) && JsonSerializer.Deserialize<SuppressionReach>(await File.ReadAllBytesAsync(path, cancellation), JsonSerializerOptions.Web) is { } kept && kept.Made == made)
        {
            return kept;
        }

        var reach = Count(register.Load(list), latest, made, cancellation);
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        var written = Path.Combine(staging, FileName);
        await File.WriteAllBytesAsync(written, JsonSerializer.SerializeToUtf8Bytes(reach, JsonSerializerOptions.Web), cancellation);
        File.Move(written, path, overwrite: true);
        return reach;
    }

    private SuppressionReach Count(IdSet ids, DatasetSummary[] latest, string made, CancellationToken cancellation)
    {
        var isKnown = new bool[ids.Count];
        var knownCount = 0;
        int? stoppedCount = null;
        foreach (var file in latest)
        {
            using var table = datasets.OpenColumns(file.Id);
            knownCount += Mark(ids, table, table.IndexOf(file.Roles.Id!), isKnown, cancellation);
            stoppedCount ??= knownCount;
        }

        var unknown = new IdSet();
        for (var number = 0; number < ids.Count; number++)
        {
            if (!isKnown[number])
            {
                unknown.Add(WithoutZeros(ids[number]));
            }
        }

        using var newest = datasets.OpenColumns(latest[0].Id);
        var onlyWithZeros = unknown.Count == 0 ? 0 : CountWithoutZeros(ids, unknown, newest, newest.IndexOf(latest[0].Roles.Id!), cancellation);
        return new(latest[0].FileName, latest[0].RowCount, stoppedCount!.Value, latest.Length, ids.Count - knownCount, onlyWithZeros, made);
    }

    /// <summary>Marks the ids that a file has; answers how many were not marked before.</summary>
    private static int Mark(IdSet ids, ColumnTable table, int column, bool[] isKnown, CancellationToken cancellation)
    {
        var count = 0;
        for (var row = 0; row < table.RowCount; row++)
        {
            ThrowIfCancelled(row, cancellation);
            var number = ids.NumberOf(table.Utf8(column, row));
            if (number >= 0 && !isKnown[number])
            {
                isKnown[number] = true;
                count++;
            }
        }

        return count;
    }

    /// <param name="unknown">Ids without their zeros in front.</param>
    private static int CountWithoutZeros(IdSet ids, IdSet unknown, ColumnTable table, int column, CancellationToken cancellation)
    {
        var isMet = new bool[unknown.Count];
        for (var row = 0; row < table.RowCount; row++)
        {
            ThrowIfCancelled(row, cancellation);
            var id = table.Utf8(column, row);
            var number = unknown.NumberOf(WithoutZeros(id));
            if (number >= 0 && ids.NumberOf(id) < 0)
            {
                isMet[number] = true;
            }
        }

        return isMet.Count(met => met);
    }

    private static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> id) => id.TrimStart(" "u8).TrimStart((byte)'0');

    private static void ThrowIfCancelled(int row, CancellationToken cancellation)
    {
        if (row % 10_000 == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
