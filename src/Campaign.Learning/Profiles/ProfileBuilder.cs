using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>
/// Makes a dataset's profile: each column by itself, pairs of the columns that tell most, and two maps of the customers. Sums are kept, never
/// rows. The same result for every thread count; <c>docs/modelling.md</c> says how each number is made.
/// </summary>
public static class ProfileBuilder
{
    /// <summary>The maps are fitted on at most so many rows, and then count all.</summary>
    public const int SampleRows = 20_000;

    private const int MostPlanes = 12;
    private const int RangeRows = 1 << 18;
    private const int AssociationRangeRows = 1 << 16;

    /// <summary>Partial summaries alive at once; wide files are taken some columns at a time.</summary>
    private const int MostSummaries = 256;

    private const int SamplePart = 0x70726F66;

    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="columns">Names of the columns to profile; the caller leaves out the id, the class and personal data.</param>
    /// <param name="threadCount">At least 1.</param>
    /// <param name="progress">0 to 1.</param>
    /// <param name="seed">Draws the sample that the maps are fitted on.</param>
    /// <exception cref="ArgumentException">The classes are not one a row, or a column is not there.</exception>
    public static DatasetProfile Build(
        ColumnTable table, bool[] affluent, IReadOnlyList<string> columns, int threadCount, IProgress<double>? progress = null,
        int seed = 1, CancellationToken cancellation = default)
    {
        if (affluent.Length != table.RowCount)
        {
            throw new ArgumentException($"{table.RowCount} rows but {affluent.Length} classes.", nameof(affluent));
        }

        int[] positions = [.. columns.Select(table.IndexOf).Distinct().Order()];
        if (positions is [-1, ..])
        {
            throw new ArgumentException("A column to profile is not in the table.", nameof(columns));
        }

        var work = new ProfileWork(Math.Max(1, threadCount), progress, cancellation);
        work.BeginPart(0.4);
        var (profiles, telling) = SummariseColumns(table, affluent, positions, work);
        work.BeginPart(0.6);
        var associations = Associate(table, telling, work);
        var points = new CustomerPoints(table, telling);
        var sample = Sample(table.RowCount, seed);
        work.BeginPart(0.65);
        var plane = PrincipalPlane.Fit(points, sample, work);
        CustomerMap? principal = null, selfOrganising = null;
        if (plane is not null)
        {
            var file = (table, affluent);
            work.BeginPart(0.75);
            principal = CellCounts.Of(
                file, points, plane.Projection(), plane.Cells(sample, cancellation), (PrincipalPlane.Width, PrincipalPlane.Height), [], work)
                .ToMap(plane.Axes(), []);
            work.BeginPart(0.85);
            var grid = SelfOrganisingGrid.Fit(points, sample, plane, work);
            SummarisedColumn[] planes = [.. telling.Where(column => column.Values is not null).OrderByDescending(TellingOrder).Take(MostPlanes)];
            work.BeginPart(1);
            selfOrganising = CellCounts.Of(
                file, points, grid.Projection(), SelfOrganisingGrid.Nearest, (SelfOrganisingGrid.Width, SelfOrganisingGrid.Height),
                [.. planes.Select(column => column.Column)], work)
                .ToMap([], [.. planes.Select(column => column.Info.Name)]);
        }

        progress?.Report(1);
        return new(table.RowCount, affluent.Count(isAffluent => isAffluent), profiles, associations, principal, selfOrganising);
    }

    /// <summary>Every column's profile, and the columns that tell most with their summaries, both in the file's order.</summary>
    private static (ColumnProfile[] Profiles, SummarisedColumn[] Telling) SummariseColumns(
        ColumnTable table, bool[] affluent, int[] positions, ProfileWork work)
    {
        var profiles = new ColumnProfile[positions.Length];
        SummarisedColumn[] telling = [];
        var rangeCount = RowRanges.Count(table.RowCount, RangeRows);
        var columnsAtOnce = Math.Max(1, MostSummaries / rangeCount);
        for (var first = 0; first < positions.Length; first += columnsAtOnce)
        {
            var chunk = positions.AsMemory(first, Math.Min(columnsAtOnce, positions.Length - first));
            var parts = new ColumnSummary[chunk.Length * rangeCount];
            work.ForEach(parts.Length, i => parts[i] = ColumnSummary.Of(table, affluent, chunk.Span[i / rangeCount], i % rangeCount * RangeRows, RangeRows));
            var summarised = new SummarisedColumn[chunk.Length];
            work.ForEach(chunk.Length, i =>
            {
                var whole = parts[i * rangeCount];
                for (var range = 1; range < rangeCount; range++)
                {
                    whole.Merge(parts[(i * rangeCount) + range]);
                }

                summarised[i] = whole.Profile(table, affluent, chunk.Span[i], work.Cancellation);
            });
            for (var i = 0; i < chunk.Length; i++)
            {
                profiles[first + i] = summarised[i].Profile;
            }

            telling =
            [
                .. telling.Concat(summarised.Where(column => column.Info.Kind != ColumnKind.Text))
                    .OrderByDescending(TellingOrder).ThenBy(column => column.Column).Take(AssociationMatrix.ColumnLimit),
            ];
            work.Report((double)(first + chunk.Length) / positions.Length);
        }

        return (profiles, [.. telling.OrderBy(column => column.Column)]);
    }

    /// <summary>Undefined counts as telling nothing.</summary>
    private static double TellingOrder(SummarisedColumn column) => double.IsNaN(column.Profile.AucAlone) ? 0 : column.Profile.AucAlone;

    private static AssociationMatrix Associate(ColumnTable table, SummarisedColumn[] columns, ProfileWork work)
    {
        SummarisedColumn[] numbers = [.. columns.Where(column => column.Values is not null)];
        SummarisedColumn[] categories = [.. columns.Where(column => column.Categories is not null)];
        PairedNumber[] pairedNumbers = [.. numbers.Select(column => column.ToPairedNumber())];
        PairedCategory[] pairedCategories = [.. categories.Select(column => column.ToPairedCategory())];
        var sums = RowRanges.Fold(
            table.RowCount,
            AssociationRangeRows,
            (first, count) =>
            {
                var part = new AssociationSums(pairedNumbers, pairedCategories);
                part.Add(table, first, count, work.Cancellation);
                return part;
            },
            (whole, part) => whole.Merge(part),
            work);

        var values = new double[columns.Length * columns.Length];
        var measures = new AssociationMeasure[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            SummarisedColumn row = columns[i / columns.Length], column = columns[i % columns.Length];
            int rowNumber = Array.IndexOf(numbers, row), columnNumber = Array.IndexOf(numbers, column);
            int rowCategory = Array.IndexOf(categories, row), columnCategory = Array.IndexOf(categories, column);
            (measures[i], values[i]) = (rowNumber, columnNumber) switch
            {
                ( >= 0, >= 0) => (AssociationMeasure.Pearson, row == column ? 1 : sums.Pearson(rowNumber, columnNumber)),
                ( >= 0, _) => (AssociationMeasure.CorrelationRatio, sums.CorrelationRatio(rowNumber, columnCategory)),
                (_, >= 0) => (AssociationMeasure.CorrelationRatio, sums.CorrelationRatio(columnNumber, rowCategory)),
                _ => (AssociationMeasure.CramersV, row == column ? 1 : sums.CramersV(rowCategory, columnCategory)),
            };
        }

        return new([.. columns.Select(column => column.Info.Name)], values, measures);
    }

    /// <summary>Rows drawn without putting back, each alike likely, in the file's order (Knuth's selection sampling); all rows of a small file.</summary>
    private static int[] Sample(int rowCount, int seed)
    {
        var random = SeededRandom.For(seed, SamplePart);
        var sample = new int[Math.Min(rowCount, SampleRows)];
        var taken = 0;
        for (var row = 0; row < rowCount && taken < sample.Length; row++)
        {
            if (random.Next(rowCount - row) < sample.Length - taken)
            {
                sample[taken++] = row;
            }
        }

        return sample;
    }
}
