using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Xunit;

namespace Campaign.Tests.Learning.Profiles;

public sealed class ProfileBuilderTests(ProfileBuilderTests.InventedFile invented) : IClassFixture<ProfileBuilderTests.InventedFile>
{
    private const int RowCount = 70_000; // more than one range of rows for the pairs and maps, and more than the sample

    private static readonly bool[] Affluent = [.. Enumerable.Range(0, RowCount).Select(row => row % 9 == 0)];

    [Fact]
    public void The_thread_count_does_not_matter()
    {
        Assert.Equal(Json(invented.Profile), Json(Build(invented.File, threadCount: 1)));
    }

    [Fact]
    public void Another_seed_draws_another_sample()
    {
        Assert.NotEqual(Json(invented.Profile.Principal), Json(Build(invented.File, threadCount: 3, seed: 2).Principal));
    }

    [Fact]
    public void A_profile_reads_back_from_json_with_all_that_is_undefined()
    {
        using var file = new InventedTable(
            ("nothing", ColumnKind.Number, new float[] { float.NaN, float.NaN, float.NaN }),
            ("constant", ColumnKind.Number, new float[] { 2, 2, 2 }),
            ("word", ColumnKind.Category, new[] { "a", null, "b" }),
            ("note", ColumnKind.Text, new[] { "x", "y", null }));
        var profile = ProfileBuilder.Build(file.Table, [true, false, true], Names(file), threadCount: 1);
        var text = Json(profile);
        var again = JsonSerializer.Deserialize<DatasetProfile>(text, ProfileJson.Options)!;

        Assert.Contains("\"NaN\"", text, StringComparison.Ordinal);
        Assert.Equal(text, Json(again));
        Assert.Equal(double.NaN, again.Columns[0].Numbers!.Mean);
        Assert.Equal(new ClassCount(1, 1), again.Columns[3].Present);
    }

    [Fact]
    public void What_has_no_value_or_does_not_vary_is_undefined_not_zero()
    {
        using var file = new InventedTable(
            ("nothing", ColumnKind.Number, Enumerable.Repeat(float.NaN, 50).ToArray()),
            ("constant", ColumnKind.Number, Enumerable.Repeat(0.1f, 50).ToArray()),
            ("word", ColumnKind.Category, Enumerable.Repeat("a", 50).ToArray()));
        var profile = ProfileBuilder.Build(file.Table, Affluent[..50], Names(file), threadCount: 2);

        var nothing = profile.Columns[0].Numbers!;
        Assert.All(
            [nothing.Minimum, nothing.Mean, nothing.StandardDeviation, nothing.Skewness, nothing.All.P50, nothing.Affluent.P50],
            value => Assert.Equal(double.NaN, value));
        Assert.Empty(nothing.Histogram);
        var constant = profile.Columns[1].Numbers!;
        Assert.Equal((0.1f, 0.1f, 0, double.NaN), (constant.Minimum, constant.All.P50, constant.StandardDeviation, constant.Skewness));
        Assert.Equal(50, Assert.Single(constant.Histogram).Count.Rows);
        Assert.All(profile.Columns, column => Assert.Equal((double.NaN, 0.5), (column.ClassAssociation, column.AucAlone)));
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(i / 3 == i % 3 ? 1 : double.NaN, profile.Associations.Values[i]));
        Assert.Null(profile.Principal);
        Assert.Null(profile.SelfOrganising);
    }

    [Fact]
    public void With_one_class_only_nothing_tells_it_and_the_maps_are_still_drawn()
    {
        var profile = ProfileBuilder.Build(invented.File.Table, new bool[RowCount], Names(invented.File), threadCount: 2);

        Assert.All(profile.Columns, column => Assert.Equal((double.NaN, double.NaN), (column.AucAlone, column.ClassAssociation)));
        Assert.All(profile.Columns.Where(column => column.Numbers is not null), column => Assert.Equal(double.NaN, column.Numbers!.Affluent.P50));
        Assert.NotNull(profile.SelfOrganising);
    }

    [Fact]
    public void A_file_without_rows_has_a_profile_without_values()
    {
        using var file = new InventedTable(("a", ColumnKind.Number, Array.Empty<float>()), ("b", ColumnKind.Category, Array.Empty<string>()));
        var profile = ProfileBuilder.Build(file.Table, [], ["a", "b"], threadCount: 2);

        Assert.Equal(0, profile.RowCount);
        Assert.Null(profile.Principal);
        Assert.Empty(profile.Columns[1].Categories!.Bars);
    }

    [Fact]
    public void Every_row_is_in_a_cell_and_thin_cells_are_only_counted_together()
    {
        var profile = invented.Profile;
        foreach (var map in new[] { profile.Principal!, profile.SelfOrganising! })
        {
            Assert.Equal(RowCount, map.Cells.Sum(cell => cell.Count.Rows) + map.ThinRows);
            Assert.All(map.Cells, cell => Assert.True(cell.Count.Rows >= CustomerMap.LeastRows));
            Assert.All(map.Cells, cell => Assert.True(cell.X >= 0 && cell.X < map.Width && cell.Y >= 0 && cell.Y < map.Height));
        }

        Assert.InRange(profile.Principal!.ThinRows, 1, RowCount / 20);
        Assert.Equal((40, 30, 12, 9), (profile.Principal.Width, profile.Principal.Height, profile.SelfOrganising!.Width, profile.SelfOrganising.Height));
        Assert.InRange(profile.SelfOrganising.Cells.Count, 54, 108);
    }

    [Fact]
    public void A_plane_of_the_map_is_the_mean_in_the_columns_own_unit_and_varies_along_the_map()
    {
        var map = invented.Profile.SelfOrganising!;
        var plane = map.Planes.Single(one => one.Column == "balance");

        Assert.Equal(map.Cells.Count, plane.Means.Count);
        Assert.DoesNotContain(map.Planes, one => one.Column == "job");
        var whole = invented.Profile.Columns.Single(column => column.Name == "balance").Numbers!.Mean;
        var filled = map.Cells.Zip(plane.Means).Where(cell => !double.IsNaN(cell.Second)).ToArray();
        var weighted = filled.Sum(cell => cell.First.Count.Rows * cell.Second) / filled.Sum(cell => cell.First.Count.Rows);
        Assert.InRange(weighted, 0.9 * whole, 1.1 * whole);
        Assert.True(filled.Max(cell => cell.Second) > 5 * filled.Min(cell => cell.Second));
    }

    [Fact]
    public void A_mean_over_fewer_than_five_rows_is_not_shown()
    {
        using var file = new InventedTable(
            ("a", ColumnKind.Number, Enumerable.Range(0, 400).Select(row => (float)(row % 20)).ToArray()),
            ("b", ColumnKind.Number, Enumerable.Range(0, 400).Select(row => (float)(row % 7)).ToArray()),
            ("rare", ColumnKind.Number, Enumerable.Range(0, 400).Select(row => row < 4 ? row : float.NaN).ToArray()));
        var profile = ProfileBuilder.Build(file.Table, Affluent[..400], Names(file), threadCount: 1);

        Assert.All(profile.SelfOrganising!.Planes.Single(plane => plane.Column == "rare").Means, mean => Assert.Equal(double.NaN, mean));
    }

    [Fact]
    public void No_value_of_fewer_than_five_rows_is_shown()
    {
        string[] words = [.. Enumerable.Repeat("often", 60), .. Enumerable.Repeat("five", 5), .. Enumerable.Repeat("four", 4), "Jane Doe"];
        using var file = new InventedTable(
            ("word", ColumnKind.Category, words), ("n", ColumnKind.Number, Enumerable.Range(0, 70).Select(row => (float)row).ToArray()));
        var profile = ProfileBuilder.Build(file.Table, Affluent[..70], Names(file), threadCount: 1);
        var categories = profile.Columns[0].Categories!;

        Assert.Equal(["often", "five"], categories.Bars.Select(bar => bar.Value));
        Assert.Equal((4, 5L), (categories.DistinctCount, categories.Others.Rows));
        Assert.DoesNotContain("Jane", Json(profile), StringComparison.Ordinal);
        Assert.DoesNotContain("four", Json(profile), StringComparison.Ordinal);
    }

    [Fact]
    public void Outliers_lie_far_outside_on_either_side()
    {
        float[] cells = [.. Enumerable.Range(0, 200).Select(row => 100f + (row % 50)), 1e6f, -1e6f, 200];
        using var file = new InventedTable(("n", ColumnKind.Number, cells));
        bool[] affluent = [.. Enumerable.Range(0, 203).Select(row => row == 200)];

        Assert.Equal(new ClassCount(1, 1), ProfileBuilder.Build(file.Table, affluent, ["n"], threadCount: 1).Columns[0].Numbers!.Outliers);
    }

    [Fact]
    public void A_wide_file_is_profiled_whole_and_only_the_columns_that_tell_most_are_paired()
    {
        var random = SeededRandom.For(8, 0);
        var columns = Enumerable.Range(0, 600).Select(column => (
            $"n{column}",
            ColumnKind.Number,
            (Array)Enumerable.Range(0, 100).Select(row => (float)(random.NextShare() + (column % 15 == 0 && Affluent[row] ? 1 : 0))).ToArray())).ToArray();
        using var file = new InventedTable(columns);
        var profile = ProfileBuilder.Build(file.Table, Affluent[..100], Names(file), threadCount: 2);

        Assert.Equal(600, profile.Columns.Count);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"n{i * 15}"), profile.Associations.Names);
    }

    [Fact]
    public void Progress_rises_from_nothing_to_all()
    {
        var progress = invented.Progress;
        Assert.Equal(progress.Shares.Order(), progress.Shares);
        Assert.InRange(progress.Shares[0], 0, 0.5);
        Assert.Equal(1, progress.Shares[^1]);
        Assert.True(progress.Shares.Distinct().Count() > 10);
    }

    [Fact]
    public void A_cancelled_profile_ends_wherever_it_is()
    {
        foreach (var share in new[] { 0.4, 0.6, 0.7, 0.8 })
        {
            using var source = new CancellationTokenSource();
            var progress = new RecordedProgress(reached =>
            {
                if (reached >= share)
                {
                    source.Cancel();
                }
            });

            Assert.ThrowsAny<OperationCanceledException>(
                () => ProfileBuilder.Build(invented.File.Table, Affluent, Names(invented.File), threadCount: 2, progress, cancellation: source.Token));
        }
    }

    private static DatasetProfile Build(InventedTable file, int threadCount, int seed = 1) =>
        ProfileBuilder.Build(file.Table, Affluent, Names(file), threadCount, seed: seed);

    private static string[] Names(InventedTable file) => [.. file.Table.Columns.Select(column => column.Name)];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ProfileJson.Options);

    /// <summary>Balances, ages, dates and two categories that partly follow one hidden wealth, with missing cells.</summary>
    private static InventedTable Invented()
    {
        var random = SeededRandom.For(4, 0);
        float[] balance = new float[RowCount], age = new float[RowCount], since = new float[RowCount], noise = new float[RowCount];
        string?[] job = new string?[RowCount], town = new string?[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            var wealth = Normal(ref random) + (Affluent[row] ? 1 : 0);
            balance[row] = random.NextShare() < 0.06 ? float.NaN : (float)Math.Exp(7 + wealth);
            age[row] = (float)Math.Round(45 + (12 * ((0.5 * wealth) + Normal(ref random))));
            since[row] = random.NextShare() < 0.1 ? float.NaN : 10_000 + random.Next(9000);
            noise[row] = (float)Normal(ref random);
            job[row] = random.NextShare() < 0.05 ? null : $"job {Math.Clamp((int)Math.Round(3 + wealth + Normal(ref random)), 0, 6)}";
            town[row] = string.Create(CultureInfo.InvariantCulture, $"town {random.Next(30)}");
        }

        return new InventedTable(
            ("balance", ColumnKind.Number, balance), ("age", ColumnKind.Number, age), ("since", ColumnKind.Date, since),
            ("noise", ColumnKind.Number, noise), ("job", ColumnKind.Category, job), ("town", ColumnKind.Category, town));
    }

    private static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(random.NextShare())) * Math.Cos(2 * Math.PI * random.NextShare());

    /// <summary>Profiled once for all tests, by three threads.</summary>
    public sealed class InventedFile : IDisposable
    {
        public InventedFile()
        {
            File = Invented();
            Profile = ProfileBuilder.Build(File.Table, Affluent, Names(File), threadCount: 3, Progress);
        }

        internal InventedTable File { get; }

        internal DatasetProfile Profile { get; }

        internal RecordedProgress Progress { get; } = new();

        public void Dispose() => File.Dispose();
    }

    internal sealed class RecordedProgress(Action<double>? then = null) : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value)
        {
            Shares.Add(value);
            then?.Invoke(value);
        }
    }
}
