using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>What the checks of a dataset read.</summary>
/// <param name="Reading">What the cells were; a column that is not there was not kept, and is not judged by it.</param>
/// <param name="Profile">Of the same rows.</param>
/// <param name="Earlier">Null where there is none: nothing is compared then.</param>
/// <param name="Today">For ages and for dates in the future.</param>
public sealed record QualityInput(
    ColumnTable Table, ColumnRoles Roles, IReadOnlyList<ColumnReading> Reading, DatasetProfile Profile, EarlierFile? Earlier, DateOnly Today);

/// <summary>The latest confirmed file before this one.</summary>
/// <param name="MissingShares">0 to 1, by column; all its columns.</param>
/// <param name="HasSameHeader">The same columns, in any order.</param>
public sealed record EarlierFile(
    string FileName, DateTime UploadedUtc, int RowCount, int AffluentRowCount, IReadOnlyDictionary<string, double> MissingShares, bool HasSameHeader);
