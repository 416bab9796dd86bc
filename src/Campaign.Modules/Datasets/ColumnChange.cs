using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets;

/// <summary>
/// New roles for a dataset's columns. Columns that must change their kind are written again beside the old ones at once; unless
/// <see cref="Keep"/> is called, disposing brings the old ones back. A kill in between leaves a note of the version that was changed: where
/// the row still has that version, <see cref="Mend"/> brings the old columns back at the next start; else it does what is left of keeping.
/// A claim beside the note, which the system frees with its process, tells a change under way from one that was cut off.
/// </summary>
internal sealed class ColumnChange : IDisposable
{
    private const string NoteName = "columns-of-version.json";
    private const string ClaimName = "columns.lock";
    private readonly string folder;
    private readonly ColumnTableVersion? before;
    private readonly IDisposable? claim;
    private IReadOnlyDictionary<int, ColumnReading> readings = new Dictionary<int, ColumnReading>();
    private bool kept;

    private ColumnChange(ColumnRoles roles, FileDialect dialect, string folder, ColumnTableVersion? before, IDisposable? claim)
    {
        this.claim = claim;
        this.folder = folder;
        Roles = roles;
        Dialect = dialect;
        this.before = before;
    }

    public ColumnRoles Roles { get; }

    /// <summary>With how the dates of columns are read now.</summary>
    public FileDialect Dialect { get; }

    /// <exception cref="RefusedException">The roles don't fit the columns; the old columns are back in place.</exception>
    public static ColumnChange Begin(Dataset dataset, string folder, RoleRequest request, CancellationToken cancellation)
    {
        var roles = dataset.ReadRoles();
        var columnsFolder = Dataset.ColumnsIn(folder);
        IReadOnlyList<ColumnInfo> columns = ReadColumns(columnsFolder);
        string[] names = [.. columns.Select(column => column.Name)];
        var id = request.Id is null ? roles.Id : request.Id == RoleRequest.NoId && !names.Contains(request.Id) ? null : ColumnRoleGuess.Find(names, request.Id, "the customer id");
        var label = ColumnRoleGuess.Find(names, request.Label ?? roles.Label, "the recorded class");
        if (label == id)
        {
            throw new RefusedException($"Column '{label}' can't be both the customer id and the recorded class. Name another column for one of them.");
        }

        var types = new Dictionary<string, ColumnType>(roles.Types);
        foreach (var (name, type) in request.Types ?? new Dictionary<string, ColumnType>())
        {
            types[ColumnRoleGuess.Find(names, name, "a type")] = type;
        }

        request = request with { Types = types };
        var dialect = WithDates(dataset.ReadDialect(), types);
        var kinds = KindsToChange(columns, dataset.ReadDialect(), roles, id, label, types);
        if (kinds.Count == 0)
        {
            return new(NewRoles(columnsFolder, roles, id, label, request), dialect, folder, null, null);
        }

        var claim = TryClaim(folder) ?? throw new RefusedException("This file's columns are being changed at this moment. Load the page again and decide anew.");
        var before = ColumnTableVersion.Of(columnsFolder);
        var note = new ChangeNote(dataset.Version, before.ToJson(), new Dictionary<int, ColumnReading>());
        WriteNote(folder, note);
        try
        {
            var readings = DatasetReader.Replace(Dataset.SourceIn(folder, dialect.Format), dialect, names, columnsFolder, kinds, RejectedRow.LoadLines(folder), cancellation);
            WriteNote(folder, note with { Readings = readings });
            var remarks = readings.Values.Where(reading => types.GetValueOrDefault(reading.Name)?.Kind is ColumnKind.Number or ColumnKind.Date && reading.TextCount > 0)
                .Select(reading => string.Create(CultureInfo.InvariantCulture, $"Column '{reading.Name}': {reading.TextCount:N0} cells are no {(types[reading.Name].Kind == ColumnKind.Date ? "dates" : "numbers")} and count as missing."));
            return new(NewRoles(columnsFolder, roles, id, label, request), dialect with { Remarks = [.. dialect.Remarks, .. remarks] }, folder, before, claim) { readings = readings };
        }
        catch
        {
            before.Restore();
            File.Delete(NoteIn(folder));
            claim.Dispose();
            throw;
        }
    }

    /// <summary>After a crash: the old columns come back where the change was not saved. A change under way, in whatever process, is left alone.</summary>
    public static void Mend(string folder, int version)
    {
        var path = NoteIn(folder);
        if (!File.Exists(path))
        {
            return;
        }

        using var claim = TryClaim(folder);
        if (claim is null || !File.Exists(path))
        {
            return;
        }

        var note = JsonSerializer.Deserialize<ChangeNote>(File.ReadAllBytes(path), JsonSerializerOptions.Web)!;
        if (note.DatasetVersion == version)
        {
            ColumnTableVersion.FromJson(Dataset.ColumnsIn(folder), note.Table).Restore();
        }
        else
        {
            SaveReadings(folder, note.Readings);
        }

        File.Delete(path);
    }

    /// <summary>After the row was saved.</summary>
    public void Keep()
    {
        kept = true;
        SaveReadings(folder, readings);
    }

    public void Dispose()
    {
        if (!kept)
        {
            before?.Restore();
        }

        if (before is not null)
        {
            File.Delete(NoteIn(folder));
        }

        claim?.Dispose();
    }

    private static void SaveReadings(string folder, IReadOnlyDictionary<int, ColumnReading> readings)
    {
        if (readings.Count > 0)
        {
            var facts = ReadingFacts.Load(folder);
            (facts with { Columns = [.. facts.Columns.Select((column, i) => readings.GetValueOrDefault(i, column))] }).Save(folder);
        }
    }

    /// <summary>Null where another change holds it.</summary>
    private static FileStream? TryClaim(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, ClaimName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (!DiskSpace.IsFull(fault) && fault is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    private static string NoteIn(string folder) => Path.Combine(folder, NoteName);

    private static void WriteNote(string folder, ChangeNote note)
    {
        File.WriteAllBytes(NoteIn(folder) + ".new", JsonSerializer.SerializeToUtf8Bytes(note, JsonSerializerOptions.Web));
        File.Move(NoteIn(folder) + ".new", NoteIn(folder), overwrite: true);
    }

    /// <param name="DatasetVersion">Of the row before the change.</param>
    /// <param name="Table">The columns before it.</param>
    /// <param name="Readings">Of the changed columns, by position; empty until all are written.</param>
    private sealed record ChangeNote(int DatasetVersion, string Table, IReadOnlyDictionary<int, ColumnReading> Readings);

    private static IReadOnlyList<ColumnInfo> ReadColumns(string columnsFolder)
    {
        using var table = ColumnTable.Open(columnsFolder);
        return table.Columns;
    }

    private static FileDialect WithDates(FileDialect dialect, Dictionary<string, ColumnType> types)
    {
        var dates = new Dictionary<string, DateForm>(dialect.Dates);
        foreach (var (name, type) in types)
        {
            if (type.Dates is { } form)
            {
                dates[name] = form;
            }
            else
            {
                dates.Remove(name);
            }
        }

        return dialect with { Dates = dates };
    }

    /// <summary>By position: what each column is to hold that holds something else now; null where its cells decide.</summary>
    private static Dictionary<int, ColumnKind?> KindsToChange(
        IReadOnlyList<ColumnInfo> columns, FileDialect before, ColumnRoles old, string? id, string label, Dictionary<string, ColumnType> types)
    {
        Dictionary<int, ColumnKind?> kinds = [];
        for (var i = 0; i < columns.Count; i++)
        {
            var name = columns[i].Name;
            if (name == id || name == label)
            {
                var needed = name == id ? ColumnKind.Text : ColumnKind.Category;
                if ((name == id ? old.Id : old.Label) != name)
                {
                    kinds[i] = needed;
                }
            }
            else if (types.GetValueOrDefault(name) is { } type)
            {
                if (type.Kind != columns[i].Kind || (type.Dates is { } form && before.Dates.GetValueOrDefault(name, form) != form))
                {
                    kinds[i] = type.Kind;
                }
            }
            else if (name == old.Id || name == old.Label)
            {
                kinds[i] = null;
            }
        }

        return kinds;
    }

    private static ColumnRoles NewRoles(string columnsFolder, ColumnRoles old, string? id, string label, RoleRequest request)
    {
        using var table = ColumnTable.Open(columnsFolder);
        if (id is not null)
        {
            CheckFilled(table, id, "customer id");
        }

        CheckFilled(table, label, "recorded class");
        var classes = table.Columns[table.IndexOf(label)].Categories.GroupBy(LabelText.Key).Select(spellings => spellings.First()).ToArray();
        if (classes.Length != 2)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{label}' has {(table.Columns[table.IndexOf(label)].Kind == ColumnKind.Text ? "more than 1,000" : classes.Length.ToString(CultureInfo.InvariantCulture))} different values. The recorded class must have two, affluent and not: name another column."));
        }

        string[] byUser = [.. old.LeftOut.Where(one => one.Reason == LeftOutReason.ByUser).Select(one => one.Name)];
        string[] roleNames = [label, .. id is null ? Array.Empty<string>() : [id]];
        var sensitive = request.Sensitive ?? [.. byUser.Intersect(old.Sensitive).Except(roleNames)];
        var exclude = request.Exclude ?? [.. byUser.Except(old.Sensitive).Except(roleNames)];
        var positive = request.Positive ?? (label == old.Label && old.AffluentValue.Length > 0 ? old.AffluentValue : null);
        var affluentValue = ColumnRoleGuess.FindAffluent(classes, request with { Positive = positive }, label)
            ?? throw new RefusedException($"Column '{label}' has the values '{classes[0]}' and '{classes[1]}', and it is not clear which of them means affluent. Choose that value.");
        var derived = request.Derived ?? [.. (old.Derived ?? []).Select(feature => feature.Name)];
        return ColumnRoleGuess.Of(table, id, label, affluentValue, request with { Exclude = exclude, Sensitive = sensitive, Derived = derived });
    }

    private static void CheckFilled(ColumnTable table, string name, string role)
    {
        var column = table.IndexOf(name);
        var missingCount = table.Columns[column].MissingCount;
        if (missingCount > 0)
        {
            var row = Enumerable.Range(0, table.RowCount).First(row => table.Text(column, row) is null);
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{name}' has {missingCount:N0} blank cells, the first in data row {row + 1:N0}, so it can't be the {role}. Name another column, or fill the cells and send the file again."));
        }
    }
}
