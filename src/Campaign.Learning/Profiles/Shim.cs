#pragma warning disable
using System.Text.Json;
using Campaign.Learning.Columns;
namespace Campaign.Learning.Profiles;
public static class ProfileBuilder { public static DatasetProfile Build(ColumnTable table, bool[] affluent, IReadOnlyList<string> columns, int threadCount, IProgress<double>? progress = null, CancellationToken cancellation = default, int seed = 1) => new(table.RowCount, affluent.Count(a => a), [], new([], [], []), null, null); }
public static class ProfileJson { public static JsonSerializerOptions Options => JsonSerializerOptions.Web; }
