#pragma warning disable
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
namespace Campaign.Modules.Datasets.Quality;
public sealed record QualityInput(ColumnTable Table, ColumnRoles Roles, IReadOnlyList<ColumnReading> Reading, DatasetProfile Profile, EarlierFile? Earlier, DateOnly Today);
public sealed record EarlierFile(string FileName, DateTime UploadedUtc, int RowCount, int AffluentRowCount, IReadOnlyDictionary<string, double> MissingShares, bool HasSameHeader);
public static class QualityChecks { public static QualityReport Run(QualityInput input, CancellationToken cancellation = default) => new([], []); }
