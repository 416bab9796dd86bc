using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>
/// New roles for a dataset's columns. Columns that must change their kind are written again beside the old ones at once; unless
/// <see cref="Keep"/> is called, disposing brings the old ones back.
/// </summary>
internal sealed class ColumnChange : IDisposable
{
    private readonly ColumnTableVersion? before;
    private bool kept;

    private ColumnChange(ColumnRoles roles, ColumnTableVersion? before)
    {
        Roles = roles;
        this.before = before;
    }

    public ColumnRoles Roles { get; }

    /// <exception cref="RefusedException">The roles don't fit the columns; the old columns are back in place.</exception>
    public static ColumnChange Begin(Dataset dataset, string folder, RoleRequest request, CancellationToken cancellation)
    {
        var roles = dataset.ReadRoles();
        var columnsFolder = Dataset.ColumnsIn(folder);
        string[] names = ReadNames(columnsFolder);
        var id = request.Id is null ? roles.Id : request.Id == RoleRequest.NoId && !names.Contains(request.Id) ? null : ColumnRoleGuess.Find(names, request.Id, "the customer id");
        var label = ColumnRoleGuess.Find(names, request.Label ?? roles.Label, "the recorded class");
        if (label == id)
        {
            throw new RefusedException($"Column '{label}' can't be both the customer id and the recorded class. Name another column for one of them.");
        }

        var kinds = KindsToChange(names, roles, id, label);
        if (kinds.Count == 0)
        {
            return new(NewRoles(columnsFolder, roles, id, label, request), null);
        }

        var before = ColumnTableVersion.Of(columnsFolder);
        try
        {
            var dialect = dataset.ReadDialect();
            DatasetReader.Replace(Dataset.SourceIn(folder, dialect.Format), dialect, names, columnsFolder, kinds, RejectedRow.LoadLines(folder), cancellation);
            return new(NewRoles(columnsFolder, roles, id, label, request), before);
        }
        catch
        {
            before.Restore();
            throw;
        }
    }

    public void Keep() => kept = true;

    public void Dispose()
    {
        if (!kept)
        {
            before?.Restore();
        }
    }

    private static string[] ReadNames(string columnsFolder)
    {
        using var table = ColumnTable.Open(columnsFolder);
        return [.. table.Columns.Select(column => column.Name)];
    }

    private static Dictionary<int, ColumnKind?> KindsToChange(string[] names, ColumnRoles old, string? id, string label)
    {
        Dictionary<string, ColumnKind?> kinds = [];
        if (old.Id != id && old.Id is not null)
        {
            kinds[old.Id] = null;
        }

        if (old.Label != label && old.Label.Length > 0)
        {
            kinds[old.Label] = null;
        }

        if (old.Id != id && id is not null)
        {
            kinds[id] = ColumnKind.Text;
        }

        if (old.Label != label)
        {
            kinds[label] = ColumnKind.Category;
        }

        return kinds.ToDictionary(pair => Array.IndexOf(names, pair.Key), pair => pair.Value);
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
