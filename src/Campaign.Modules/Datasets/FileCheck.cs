using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>What the check of a file came to: all that its dataset's row needs.</summary>
/// <param name="FirstRejected">The first row that can't be used; null where there is none.</param>
/// <param name="Dialect">With everything in its remarks that was put right or left aside.</param>
internal sealed record CheckedFile(
    int RowCount, int RejectedRowCount, RejectedRow? FirstRejected, FileDialect Dialect, ColumnRoles Roles, string HeaderSignature)
{
    public const string FileName = "checked.json";

    public static CheckedFile Load(string folder) =>
        JsonSerializer.Deserialize<CheckedFile>(File.ReadAllBytes(Path.Combine(folder, FileName)), JsonSerializerOptions.Web)!;

    public void Save(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
}

/// <summary>
/// Reads a file's rows into typed columns beside its bytes and decides the columns' roles. Rows that can't be used are listed in
/// <see cref="RejectedRow.FileName"/>; <see cref="CheckedFile"/> is written last.
/// </summary>
internal static class FileCheck
{
    /// <param name="folder">Holds the bytes (<see cref="Dataset.SourceIn"/>); what an earlier check left in it is removed.</param>
    /// <param name="mustBeCertain">Nobody will look at the columns: the recorded class and its affluent value must be found.</param>
    /// <exception cref="RefusedException">The file as a whole can't be used as it is read.</exception>
    public static CheckedFile Run(
        string folder, FileExamination file, RoleRequest request, bool mustBeCertain, IProgress<double>? progress, CancellationToken cancellation)
    {
        Clear(folder);
        file = WithDates(file, request);
        var id = ColumnRoleGuess.FindId(file, request);
        var label = ColumnRoleGuess.FindLabel(file, request, id);
        if (label is null && mustBeCertain)
        {
            throw new RefusedException($"No column looks like the recorded class. Name it (label); the columns are: {HeaderNames.Few(file.Columns)}.");
        }

        var plan = new ReadingPlan(
            id,
            label,
            (request.Types ?? new Dictionary<string, ColumnType>()).ToDictionary(pair => ColumnRoleGuess.Find(file.Columns, pair.Key, "a type"), pair => pair.Value.Kind),
            (request.Exclude ?? []).Select(name => ColumnRoleGuess.Find(file.Columns, name, "leaving out")).ToHashSet());
        var reading = DatasetReader.Read(Dataset.SourceIn(folder, file.Dialect.Format), file, plan, Dataset.ColumnsIn(folder), cancellation, progress: progress);
        var roles = Roles(folder, reading, id, label, request, mustBeCertain);
        ReadingFacts.Of(reading).Save(folder);
        RejectedRow.Save(folder, reading.Rejected);
        var result = new CheckedFile(
            reading.RowCount,
            reading.Rejected.Count,
            reading.Rejected.Count > 0 ? reading.Rejected[0] : null,
            reading.Dialect with { Remarks = [.. file.Dialect.Remarks, .. reading.Remarks] },
            roles,
            HeaderNames.Signature(file.Columns));
        result.Save(folder);
        return result;
    }

    /// <summary>Removes what a check has left in the folder; the bytes stay.</summary>
    internal static void Clear(string folder)
    {
        File.Delete(Path.Combine(folder, CheckedFile.FileName));
        File.Delete(Path.Combine(folder, RejectedRow.FileName));
        if (Directory.Exists(Dataset.ColumnsIn(folder)))
        {
            Directory.Delete(Dataset.ColumnsIn(folder), recursive: true);
        }
    }

    /// <summary>A person who calls a column a date says how its dates are written.</summary>
    private static FileExamination WithDates(FileExamination file, RoleRequest request)
    {
        var dates = new Dictionary<string, DateForm>(file.Dialect.Dates);
        foreach (var (name, type) in request.Types ?? new Dictionary<string, ColumnType>())
        {
            var column = ColumnRoleGuess.Find(file.Columns, name, "a type");
            if (type.Dates is { } form)
            {
                dates[column] = form;
            }
            else
            {
                dates.Remove(column);
            }
        }

        return file with { Dialect = file.Dialect with { Dates = dates } };
    }

    private static ColumnRoles Roles(string folder, DatasetReading reading, string? id, string? label, RoleRequest request, bool mustBeCertain)
    {
        var affluentValue = label is null ? null : ColumnRoleGuess.FindAffluent(reading.Classes, request, label);
        if (label is not null && affluentValue is null && mustBeCertain)
        {
            throw new RefusedException(
                $"Column '{label}' has the values '{reading.Classes[0]}' and '{reading.Classes[1]}', and it is not clear which of them means affluent. Name that value (positive).");
        }

        using var table = ColumnTable.Open(Dataset.ColumnsIn(folder));
        var roles = ColumnRoleGuess.Of(table, id, label, affluentValue, request);
        return roles.Features.Count > 0
            ? roles
            : throw new RefusedException("No column is left to learn from: all others are the id, the recorded class, empty, constant, free text or left out. Add columns that describe the customers.");
    }
}
