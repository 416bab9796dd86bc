using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>A dataset as the checks see it: each column with all that is known of it. What takes a pass over the rows is done once, when first asked for.</summary>
internal sealed class CheckedFile
{
    private readonly Lazy<RowComparison> rows;
    private readonly Lazy<CustomerComparison> customers;

    public CheckedFile(QualityInput input, CancellationToken cancellation)
    {
        (Table, Roles, Earlier, Today, Cancellation) = (input.Table, input.Roles, input.Earlier, input.Today, cancellation);
        var used = Roles.Features.Concat(Roles.Sensitive).ToHashSet(StringComparer.Ordinal);
        var readings = input.Reading.ToDictionary(reading => reading.Name, StringComparer.Ordinal);
        var profiles = input.Profile.Columns.ToDictionary(profile => profile.Name, StringComparer.Ordinal);
        var leftOut = Roles.LeftOut.ToDictionary(left => left.Name, left => (LeftOutReason?)left.Reason, StringComparer.Ordinal);
        Columns =
        [
            .. Table.Columns.Select((info, i) => new CheckedColumn(
                i, info, readings.GetValueOrDefault(info.Name), profiles.GetValueOrDefault(info.Name), used.Contains(info.Name), leftOut.GetValueOrDefault(info.Name))),
        ];
        Affluent = Roles.AffluentValue.Length > 0 && Table.IndexOf(Roles.Label) >= 0 ? DatasetCatalog.ReadClasses(Table, Roles.Label, Roles.AffluentValue) : [];
        rows = new(() => RowComparison.Of(this));
        customers = new(() => CustomerComparison.Of(this));
    }

    public ColumnTable Table { get; }

    public ColumnRoles Roles { get; }

    public EarlierFile? Earlier { get; }

    public DateOnly Today { get; }

    public CancellationToken Cancellation { get; }

    public int RowCount => Table.RowCount;

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<CheckedColumn> Columns { get; }

    /// <summary>Those that are trained on or that groups are compared by.</summary>
    public IEnumerable<CheckedColumn> Used => Columns.Where(column => column.IsUsed);

    /// <summary>All but the id and the recorded class, and those that a person left out.</summary>
    public IEnumerable<CheckedColumn> Kept => Columns.Where(column => !IsRole(column) && (column.IsUsed || column.LeftOut != LeftOutReason.ByUser));

    /// <summary>The recorded class of every row; empty where it is not known which value means affluent.</summary>
    public bool[] Affluent { get; }

    public bool HasClasses => Affluent.Length > 0;

    public RowComparison Rows => rows.Value;

    public CustomerComparison Customers => customers.Value;

    public bool IsRole(CheckedColumn column) => column.Name == Roles.Id || column.Name == Roles.Label;

    /// <summary>Rows of a number or date column whose value is as asked; missing ones are none.</summary>
    public int CountRows(CheckedColumn column, Func<float, bool> isMeant)
    {
        Cancellation.ThrowIfCancellationRequested();
        var count = 0;
        foreach (var number in Table.Numbers(column.Position))
        {
            count += !float.IsNaN(number) && isMeant(number) ? 1 : 0;
        }

        return count;
    }
}

/// <param name="Position">In the table.</param>
/// <param name="Reading">Null where it was not kept.</param>
/// <param name="Profile">Null where the column was not profiled.</param>
/// <param name="IsUsed">It is trained on, or groups are compared by it.</param>
/// <param name="LeftOut">Null where training uses it, or where it is the id or the recorded class.</param>
internal sealed record CheckedColumn(int Position, ColumnInfo Info, ColumnReading? Reading, ColumnProfile? Profile, bool IsUsed, LeftOutReason? LeftOut)
{
    public string Name => Info.Name;
}
