using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;

namespace Campaign.Tests.Datasets.LookAround;

/// <summary>The profile of an invented bank: 66,000 rows, 7 % affluent, columns of every kind, among them one whose name is markup.</summary>
public static class SampleProfile
{
    public const string HostileName = "<img src=x onerror=alert(1)> & \"Ähre\" \u0001";
    public const int RowCount = 66_000;
    public const int AffluentRowCount = 4_620;

    /// <param name="columnCount">At least 12; what is beyond repeats the first ten with names of their own.</param>
    /// <param name="mapSide">Cells on each side of the map of principal components.</param>
    public static DatasetProfile Build(int columnCount = 12, int mapSide = 24)
    {
        var columns = First();
        for (var place = columns.Count; place < columnCount; place++)
        {
            var repeated = columns[place % 10];
            columns.Add(repeated with { Name = $"{repeated.Name} in month {(place / 10) + 1}", AucAlone = double.IsNaN(repeated.AucAlone) ? double.NaN : 0.5 + ((repeated.AucAlone - 0.5) * 0.8) });
        }

        return new(RowCount, AffluentRowCount, columns, Matrix(columns), Principal(mapSide), SelfOrganising());
    }

    private static List<ColumnProfile> First() =>
    [
        Money("Asset value", 0.871, 0.02, [0, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 1_500_000],
            [14, 11, 13, 17, 20, 11, 8, 4, 1.5, 0.5], [1, 1, 2, 5, 12, 15, 20, 22, 14, 8], 3200, 41_000),
        Money("MTHCASA", 0.791, 0.0, [0, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 400_000],
            [30, 9, 11, 15, 13, 10, 7, 3, 1.5, 0.5], [6, 3, 5, 9, 13, 18, 20, 14, 8, 4], 480, 3900),
        Money("MAXCASA", 0.778, 0.0, [0, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 400_000],
            [28, 8, 11, 15, 14, 11, 7, 4, 1.5, 0.5], [5, 3, 4, 9, 13, 18, 21, 15, 8, 4], 610, 4700),
        Whole("Age", 0.642, [18, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 96], [9, 13, 15, 14, 12, 10, 8, 7, 5, 4, 3], [1, 4, 8, 12, 15, 16, 15, 12, 8, 5, 4], 37, 46),
        Date("Customer since", 0.663, 0.11),
        Category("Occupation of the customer as declared at onboarding", 0.702,
            [("Salaried employee of a private company with more than 250 employees", 24_000, 1300), ("Self-employed", 9000, 1210), ("Civil servant", 11_000, 420),
             ("Student", 7000, 9), ("Retired", 5200, 380), ("Director or partner", 1900, 880), ("Homemaker", 3000, 60), ("<b>Ärztin</b> & Co", 700, 190)], (0, 0)),
        Category("Product", 0.561, [("card", 31_000, 2500), ("loan", 22_000, 1120), ("mortgage", 13_000, 1000)], (0, 0)),
        Category("Branch", 0.533, [.. Enumerable.Range(1, 20).Select(branch => ($"Branch {branch:000}", 3000L - (branch * 90), 210L - (branch * 5)))], (24_240, 1450)),
        Money("Credit card spend", 0.588, 0.42, [0, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000], [22, 13, 14, 17, 16, 9, 6, 2, 1], [11, 9, 11, 16, 20, 15, 11, 5, 2], 160, 310),
        Whole("Number of products", 0.742, [1, 2, 3, 4, 5, 6, 7, 8, 9], [46, 27, 14, 7, 3, 2, 0.7, 0.3], [9, 16, 22, 21, 15, 9, 5, 3], 2, 4),
        new(HostileName, ColumnKind.Text, new(61_000, 4500), new(380, 120), double.NaN, double.NaN, null, null),
        Category("Wealth desk flag", 0.991, [("no", 61_445, 95), ("yes", 4555, 4525)], (0, 0)),
    ];

    private static ColumnProfile Money(string name, double auc, double missingShare, double[] edges, double[] normal, double[] affluent, double normalMedian, double affluentMedian) =>
        Numeric(name, ColumnKind.Number, auc, missingShare, edges, normal, affluent, normalMedian, affluentMedian, areWhole: false);

    private static ColumnProfile Whole(string name, double auc, double[] edges, double[] normal, double[] affluent, double normalMedian, double affluentMedian) =>
        Numeric(name, ColumnKind.Number, auc, 0, edges, normal, affluent, normalMedian, affluentMedian, areWhole: true);

    private static ColumnProfile Date(string name, double auc, double missingShare) =>
        Numeric(name, ColumnKind.Date, auc, missingShare, [.. Enumerable.Range(0, 13).Select(step => 8766.0 + (step * 730))],
            [2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 13], [6, 8, 10, 11, 11, 11, 10, 9, 8, 7, 5, 4], 15_100, 12_900, areWhole: true);

    private static ColumnProfile Numeric(
        string name, ColumnKind kind, double auc, double missingShare, double[] edges, double[] normal, double[] affluent, double normalMedian, double affluentMedian, bool areWhole)
    {
        var missing = new ClassCount((long)(missingShare * (RowCount - AffluentRowCount)), (long)(missingShare * AffluentRowCount / 3));
        var present = new ClassCount(RowCount - AffluentRowCount - missing.Normal, AffluentRowCount - missing.Affluent);
        var (normals, affluents) = (Deal(present.Normal, normal), Deal(present.Affluent, affluent));
        NumberBin[] bins = [.. normals.Select((count, bin) => new NumberBin(edges[bin], edges[bin + 1], new(count, affluents[bin])))];
        Quantiles Around(double median) => kind == ColumnKind.Date
            ? new(median - 6000, median - 4000, median - 2000, median, median + 1500, median + 2500, median + 3000)
            : new(0, median * 0.05, median * 0.4, median, median * 2.2, median * 9, median * 30);
        return new(
            name, kind, present, missing, auc, Math.Max(0, (auc - 0.5) * 0.9),
            new NumberProfile(
                edges[0], edges[^1], normalMedian * 2, normalMedian * 4, 6.5, areWhole ? edges.Length * 3 : null,
                areWhole ? default : new(normals[0] / 2, affluents[0] / 3), default, areWhole,
                Around(normalMedian), Around(normalMedian), Around(affluentMedian), areWhole ? default : new(120, 60), bins, bins.Length > 10 ? bins[..10] : bins),
            null);
    }

    private static ColumnProfile Category(string name, double auc, (string Value, long Rows, long Affluent)[] bars, (long Rows, long Affluent) others)
    {
        CategoryBar[] counted = [.. bars.OrderByDescending(bar => bar.Rows).Select(bar => new CategoryBar(bar.Value, new(bar.Rows - bar.Affluent, bar.Affluent)))];
        var rest = new ClassCount(others.Rows - others.Affluent, others.Affluent);
        var present = counted.Aggregate(rest, (sum, bar) => sum + bar.Count);
        var missing = new ClassCount(RowCount - AffluentRowCount - present.Normal, AffluentRowCount - present.Affluent);
        return new(name, ColumnKind.Category, present, missing, auc, Math.Max(0, (auc - 0.5) * 0.8), null, new(counted.Length + (others.Rows > 0 ? 134 : 0), counted, rest));
    }

    /// <summary>The rows by the parts' sizes; what rounding leaves goes to the first.</summary>
    private static long[] Deal(long rows, double[] parts)
    {
        long[] dealt = [.. parts.Select(part => (long)(rows * part / parts.Sum()))];
        dealt[0] += rows - dealt.Sum();
        return dealt;
    }

    private static AssociationMatrix Matrix(List<ColumnProfile> columns)
    {
        ColumnProfile[] kept = [.. columns.Where(column => column.Kind != ColumnKind.Text).Take(AssociationMatrix.ColumnLimit)];
        var values = new double[kept.Length * kept.Length];
        var measures = new AssociationMeasure[values.Length];
        for (var row = 0; row < kept.Length; row++)
        {
            for (var column = 0; column < kept.Length; column++)
            {
                var categories = (kept[row].Categories is null ? 0 : 1) + (kept[column].Categories is null ? 0 : 1);
                var place = (row * kept.Length) + column;
                measures[place] = categories switch { 0 => AssociationMeasure.Pearson, 1 => AssociationMeasure.CorrelationRatio, _ => AssociationMeasure.CramersV };
                var (low, high) = (Math.Min(row, column), Math.Max(row, column));
                var size = Math.Abs(Math.Sin((low * 5.3) + (high * 2.1))) * 0.8;
                values[place] = row == column ? 1 : (low, high) == (1, 2) ? 0.94 : (low, high) == (3, 4) ? -0.81 : (low, high) == (6, 7) ? double.NaN
                    : categories == 0 && (low + high) % 3 == 0 ? -size : size;
            }
        }

        return new([.. kept.Select(column => column.Name)], values, measures);
    }

    private static CustomerMap Principal(int side)
    {
        var cells = new List<MapCell>();
        long thin = 0;
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                double Bump(double acrossCentre, double upCentre, double width) =>
                    Math.Exp(-(Math.Pow(((x + 0.5) / side) - acrossCentre, 2) + Math.Pow(((y + 0.5) / side) - upCentre, 2)) / width);
                var count = new ClassCount((long)(900 * Bump(0.35, 0.4, 0.04)) + (long)(120 * Bump(0.6, 0.75, 0.02)), (long)(60 * Bump(0.68, 0.55, 0.03)));
                if (count.Rows >= CustomerMap.LeastRows)
                {
                    cells.Add(new(x, y, count));
                }
                else
                {
                    thin += count.Rows;
                }
            }
        }

        return new(side, side, cells, thin,
            [
                new(0.234, [new("Asset value", 0.52), new("MTHCASA", 0.44), new("MAXCASA", 0.43), new("Number of products", 0.31), new("Age", -0.12)]),
                new(0.117, [new("Age", 0.61), new("Customer since", -0.55), new("Credit card spend", -0.2), new("Product", 0.11), new("Branch", 0.05)]),
            ],
            []);
    }

    private static CustomerMap SelfOrganising()
    {
        const int width = 10, height = 8;
        MapCell[] cells =
        [
            .. Enumerable.Range(0, width * height).Where(cell => cell % 17 != 3)
                .Select(cell => new MapCell(cell % width, cell / width, new(400 + (cell * 37 % 600), 3 + (cell % width * cell % 140)))),
        ];
        MapPlane Plane(string column, Func<MapCell, double> mean) => new(column, [.. cells.Select(mean)]);
        return new(width, height, cells, 23, [],
        [
            Plane("Asset value", cell => 400 * Math.Exp(cell.X * 0.7)),
            Plane("MTHCASA", cell => 100 * Math.Exp((cell.X + cell.Y) * 0.3)),
            Plane("Number of products", cell => 1 + (cell.X * 0.3)),
            Plane("Customer since", cell => 9000 + (cell.Y * 800)),
            Plane("Age", cell => cell.X == 4 ? double.NaN : 25 + (cell.Y * 5) + (cell.X % 3)),
            Plane("Credit card spend", cell => 50 * Math.Abs(Math.Sin(cell.X * cell.Y))),
        ]);
    }
}
