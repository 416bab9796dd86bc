using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>
/// Decides what each column is for: the person's words first, then the names, then the values. The id and the recorded class are found
/// before the file is read (they must be kept as text and as a category), everything else from the typed columns.
/// </summary>
internal static class ColumnRoleGuess
{
    /// <summary>A column that alone tells the class this well is flagged.</summary>
    public const double LeakingAuc = 0.98;

    /// <summary>A column that alone tells the class this well is left out.</summary>
    public const double GivesAwayAuc = 0.999;

    private const int AucSampleRows = 100_000;
    private const int ClassGuessLimit = 9;

    /// <summary>The column of that name; as written, else the only one that differs in case, spaces and accents alone.</summary>
    /// <param name="purpose">For the sentence: "the customer id".</param>
    /// <exception cref="RefusedException">There is none.</exception>
    public static string Find(IReadOnlyList<string> columns, string name, string purpose)
    {
        if (columns.Contains(name))
        {
            return name;
        }

        var alike = columns.Where(column => HeaderNames.Key(column) == HeaderNames.Key(name)).ToArray();
        return alike.Length == 1
            ? alike[0]
            : throw new RefusedException($"There is no column '{name}', which was named for {purpose}. The file's columns are: {HeaderNames.Few(columns)}.");
    }

    /// <summary>The customer id column from the request, its name, or its values (codes that hardly ever repeat); null where there is none.</summary>
    public static string? FindId(FileExamination file, RoleRequest request)
    {
        if (request.Id is { } named)
        {
            return named == RoleRequest.NoId && !file.Columns.Contains(named) ? null : Find(file.Columns, named, "the customer id");
        }

        var others = file.Columns.Where(column => request.Label is null || column != request.Label).ToArray();
        return others.Where(column => ColumnWords.IdRank(column) == 3).Select(column => (string?)column).FirstOrDefault()
            ?? others.FirstOrDefault(column => ColumnWords.IdRank(column) == 1 && DistinctShare(file, column) > 0.5)
            ?? others.FirstOrDefault(column => DistinctShare(file, column) > 0.95 && !ColumnWords.IsPersonal(column) && LooksLikeCodes(file, column));
    }

    /// <summary>The recorded class's column from the request, its name, or its values; null where none looks like it.</summary>
    public static string? FindLabel(FileExamination file, RoleRequest request, string? id)
    {
        if (request.Label is { } named)
        {
            var label = Find(file.Columns, named, "the recorded class");
            return label != id ? label : throw new RefusedException($"Column '{label}' can't be both the customer id and the recorded class. Name another column for one of them.");
        }

        return file.Columns
            .Where(column => column != id)
            .Select(column => (Column: column, Rank: ColumnWords.LabelRank(column), Keys: LabelKeys(file, column)))
            .Select(one => (one.Column, Score: LabelScore(one.Rank, one.Keys)))
            .Where(one => one.Score > 0)
            .OrderByDescending(one => one.Score)
            .Select(one => one.Column)
            .FirstOrDefault();
    }

    /// <summary>The class that means affluent, as the file spells it; null where neither or both read like it.</summary>
    /// <exception cref="RefusedException">The request names a value that the column does not have.</exception>
    public static string? FindAffluent(IReadOnlyList<string> classes, RoleRequest request, string label)
    {
        if (request.Positive is { } named)
        {
            return classes.FirstOrDefault(one => LabelText.Key(one) == LabelText.Key(named))
                ?? throw new RefusedException($"Column '{label}' has no value '{named}', which was named for affluent. Its values are: {HeaderNames.Few(classes.Select(one => $"'{one}'"))}.");
        }

        var affluent = classes.Where(one => ColumnWords.ReadsAffluent(LabelText.Key(one))).ToArray();
        return affluent.Length == 1 ? affluent[0] : null;
    }

    /// <summary>The roles of all columns of a table.</summary>
    /// <param name="affluentValue">Null where nobody knows it yet: nothing can then be said about columns that give the class away.</param>
    public static ColumnRoles Of(ColumnTable table, string? id, string? label, string? affluentValue, RoleRequest request)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        var excluded = (request.Exclude ?? []).Select(name => Find(names, name, "leaving out")).ToHashSet();
        var namedSensitive = (request.Sensitive ?? []).Select(name => Find(names, name, "sensitive columns")).ToHashSet();
        foreach (var role in new[] { id, label })
        {
            if (role is not null && (excluded.Contains(role) || namedSensitive.Contains(role)))
            {
                throw new RefusedException($"Column '{role}' is the customer id or the recorded class, so it can't be left out or sensitive. Take it off that list, or name another column for its role.");
            }
        }

        var affluent = label is null || affluentValue is null ? null : DatasetCatalog.ReadClasses(table, label, affluentValue);
        List<string> features = [];
        List<LeftOutColumn> leftOut = [];
        List<LeakingColumn> leaking = [];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == id || names[i] == label)
            {
                continue;
            }

            var auc = affluent is null || table.Columns[i].Kind == ColumnKind.Text ? double.NaN : AucAlone(table, i, affluent);
            if (auc >= LeakingAuc)
            {
                leaking.Add(new(names[i], auc));
            }

            // What a column is barred for stands, also where a person leaves it out: what is found out about the file stays true.
            LeftOutReason? byUser = excluded.Contains(names[i]) ? LeftOutReason.ByUser : null;
            var reason = namedSensitive.Contains(names[i]) ? LeftOutReason.ByUser : Unusable(table, i, auc) ?? byUser;
            if (reason is { } cause)
            {
                leftOut.Add(new(names[i], cause));
            }
            else
            {
                features.Add(names[i]);
            }
        }

        string[] sensitive = [.. names.Where(name => name != id && name != label && (namedSensitive.Contains(name) || (ColumnWords.IsSensitive(name) && !excluded.Contains(name))))];
        var roles = new ColumnRoles(id, label ?? "", affluentValue ?? "", features, sensitive, leftOut, leaking) { Types = request.Types ?? new Dictionary<string, ColumnType>() };
        return request.Derived is { Count: > 0 } ? roles with { Derived = DerivedFeatureSuggestions.Chosen(table, roles, request.Derived) } : roles;
    }

    private static LeftOutReason? Unusable(ColumnTable table, int column, double auc) => table.Columns[column] switch
    {
        _ when auc >= GivesAwayAuc => LeftOutReason.GivesClassAway,
        { Name: var name } when ColumnWords.IsPersonal(name) || ColumnWords.IdRank(name) == 3 || PersonalValues.LooksPersonal(table, column) => LeftOutReason.PersonalData,
        { Kind: ColumnKind.Date } => LeftOutReason.Date,
        { Kind: ColumnKind.Text } => LeftOutReason.TooManyValues,
        { Kind: ColumnKind.Category } info when info.Categories.Count * 2 > table.RowCount - info.MissingCount && info.Categories.Count > 2 => LeftOutReason.TooManyValues,
        _ when IsConstant(table, column) => LeftOutReason.Constant,
        _ => null,
    };

    private static bool IsConstant(ColumnTable table, int column)
    {
        var info = table.Columns[column];
        if (info.MissingCount > 0)
        {
            return info.MissingCount == table.RowCount;
        }

        return info.Kind == ColumnKind.Category ? info.Categories.Count == 1 : table.Numbers(column).IndexOfAnyExcept(table.Numbers(column)[0]) < 0;
    }

    /// <summary>On every k-th row first; on all rows only where that comes near the limits.</summary>
    private static double AucAlone(ColumnTable table, int column, bool[] affluent)
    {
        var step = Math.Max(1, table.RowCount / AucSampleRows);
        var auc = AucOfEvery(table, column, affluent, step);
        return step > 1 && auc >= LeakingAuc - 0.02 ? AucOfEvery(table, column, affluent, 1) : auc;
    }

    private static double AucOfEvery(ColumnTable table, int column, bool[] affluent, int step)
    {
        if (table.Columns[column].HoldsNumbers)
        {
            return ColumnAuc.OfNumbers(Every(table.Numbers(column), step), Every<bool>(affluent, step));
        }

        return ColumnAuc.OfCategories(Every(table.Codes(column), step), table.Columns[column].Categories.Count, Every<bool>(affluent, step));
    }

    private static ReadOnlySpan<T> Every<T>(ReadOnlySpan<T> cells, int step)
    {
        if (step == 1)
        {
            return cells;
        }

        var some = new T[cells.Length / step];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = cells[i * step];
        }

        return some;
    }

    private static double DistinctShare(FileExamination file, string column)
    {
        var cells = Cells(file, column).ToArray();
        return cells.Length < 2 || cells.Any(cell => cell.Length == 0) ? 0 : (double)cells.Distinct(StringComparer.Ordinal).Count() / cells.Length;
    }

    /// <summary>Letters and digits of one length, with at least five digits: account-like codes rather than amounts or names.</summary>
    private static bool LooksLikeCodes(FileExamination file, string column)
    {
        var cells = Cells(file, column).ToArray();
        return cells.All(cell => cell.All(char.IsLetterOrDigit) && cell.Count(char.IsAsciiDigit) >= 5)
            && cells.CountBy(cell => cell.Length).Max(pair => pair.Value) >= cells.Length * 0.9;
    }

    private static HashSet<string> LabelKeys(FileExamination file, string column) =>
        [.. Cells(file, column).Where(cell => cell.Length > 0).Select(LabelText.Key).Distinct().Take(10)];

    /// <summary>A fitting name with two classes one of which reads affluent comes first; a column of two such values without a fitting name last.</summary>
    private static int LabelScore(int rank, HashSet<string> keys)
    {
        var affluentCount = keys.Count(ColumnWords.ReadsAffluent);
        var readsLikeClass = keys.Count == 2 && affluentCount == 1;
        var isNamedAffluent = readsLikeClass && !keys.Contains("1") && !keys.IsSubsetOf(["yes", "no", "y", "n", "true", "false", "t", "f"]);
        return keys.Count is 0 or > ClassGuessLimit ? 0
            : rank > 0
            ? (rank * 10) + (readsLikeClass ? 40 : 0) + (isNamedAffluent ? 20 : 0) + (keys.Count == 2 ? 10 : 0)
            : isNamedAffluent ? 5 : 0;
    }

    private static IEnumerable<string> Cells(FileExamination file, string column)
    {
        var position = file.Columns.ToList().IndexOf(column);
        return file.Sample.Select(row => row[position]);
    }
}
