using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets;

/// <summary>A derived feature that a file's columns allow.</summary>
/// <param name="Why">One sentence: what it tells of a customer.</param>
public sealed record SuggestedFeature(DerivedFeature Feature, string Why);

/// <summary>
/// Suggests the ratios that bankers use, and the time since an event, where columns are named like their parts. A suggestion is defined in
/// at least <see cref="LeastDefinedShare"/> of the rows and uses no column that is the id, the recorded class, personal, named to be left
/// out, or suspected to give the class away.
/// </summary>
public static class DerivedFeatureSuggestions
{
    public const int MostSuggested = 8;

    /// <summary>0 to 1.</summary>
    public const double LeastDefinedShare = 0.05;

    /// <summary>The most telling first.</summary>
    public static IReadOnlyList<SuggestedFeature> For(ColumnTable table, ColumnRoles roles)
    {
        QuantityName[] all = [.. table.Columns.Where(column => MayServe(column, roles)).Select(column => new QuantityName(column.Name, column.Kind))];
        QuantityName[] numbers = [.. all.Where(column => column.Kind == ColumnKind.Number)];
        QuantityName[] dates = [.. all.Where(column => column.Kind == ColumnKind.Date)];
        return
        [
            .. Limits(numbers)
                .Concat(Debts(numbers)).Concat(Activity(numbers)).Concat(Savings(numbers)).Concat(Times(dates)).Concat(DebtPerLine(numbers)).Concat(Steadiness(numbers))
                .DistinctBy(one => one.Feature.Name)
                .Where(one => table.IndexOf(one.Feature.Name) < 0 && DefinedShare(table, one.Feature) >= LeastDefinedShare)
                .Take(MostSuggested),
        ];
    }

    /// <summary>The suggested features of these names; all of them for <see cref="RoleRequest.AllSuggested"/>.</summary>
    internal static IReadOnlyList<DerivedFeature> Chosen(ColumnTable table, ColumnRoles roles, IReadOnlyList<string> names) =>
    [
        .. For(table, roles).Select(one => one.Feature).Where(feature => names.Contains(RoleRequest.AllSuggested) || names.Contains(feature.Name)),
    ];

    /// <summary>A column left out for another reason than these may serve: a date that is no feature itself, for example.</summary>
    private static bool MayServe(ColumnInfo column, ColumnRoles roles) =>
        column.HoldsNumbers && column.Name != roles.Id && column.Name != roles.Label && !ColumnWords.IsPersonal(column.Name) && ColumnWords.IdRank(column.Name) == 0
        && roles.Leaking.All(leak => leak.Name != column.Name)
        && !roles.LeftOut.Any(left => left.Name == column.Name && left.Reason is LeftOutReason.ByUser or LeftOutReason.GivesClassAway or LeftOutReason.PersonalData or LeftOutReason.Constant);

    private static IEnumerable<SuggestedFeature> Limits(QuantityName[] columns) =>
        from limit in columns
        where limit.IsLimit
        let balance = columns.Where(column => column.BalanceRank(limit) > 0).MaxBy(column => column.BalanceRank(limit))
        where balance is not null
        select new SuggestedFeature(
            DerivedFeature.Ratio(balance.Column, limit.Column), limit.Subject == QuantityName.Overdraft ? "How much of the overdraft limit is used." : "How much of the card limit is used.");

    private static IEnumerable<SuggestedFeature> Debts(QuantityName[] columns) =>
        from income in columns.Where(column => column.IsIncome).Take(1)
        from debt in columns
        where debt.IsDebt
        orderby debt.IsTotal descending
        select new SuggestedFeature(DerivedFeature.Ratio(debt.Column, income.Column), "How heavy the debt is beside the income.");

    /// <summary>How often before how much: the number of transactions if the file has it, else their amount.</summary>
    private static IEnumerable<SuggestedFeature> Activity(QuantityName[] columns) =>
        columns.Where(column => column.ProductsRank > 0).MaxBy(column => column.ProductsRank) is { } products
        && columns.Where(column => column.ActivityRank > 0).MaxBy(column => column.ActivityRank) is { } activity
            ? [new(DerivedFeature.Ratio(activity.Column, products.Column), "How actively each product is used.")]
            : [];

    private static IEnumerable<SuggestedFeature> Savings(QuantityName[] columns) =>
        from income in columns.Where(column => column.IsIncome).Take(1)
        from savings in columns.Where(column => column.IsSavings).Take(1)
        select new SuggestedFeature(DerivedFeature.Ratio(savings.Column, income.Column), "How much is put aside beside the income.");

    /// <summary>An age takes another date: a file's birth dates don't tell on which day it was drawn.</summary>
    private static IEnumerable<SuggestedFeature> Times(QuantityName[] dates)
    {
        SuggestedFeature[] events =
        [
            .. dates.Where(date => !date.IsBirth && !date.IsAhead).Select(date => new SuggestedFeature(
                DerivedFeature.DaysSince(date.Column), date.IsActivity ? "How long ago the customer was last active." : "How long ago that was, on the day the file was drawn.")),
        ];
        return events.Length == 0
            ? events
            : events.Concat(dates.Where(date => date.IsBirth).Select(date => new SuggestedFeature(DerivedFeature.YearsSince(date.Column), "How old the customer is.")));
    }

    private static IEnumerable<SuggestedFeature> DebtPerLine(QuantityName[] columns) =>
        from lines in columns.Where(column => column.IsCreditLines).Take(1)
        from debt in columns.Where(column => column.IsDebt && column.IsTotal).Take(1)
        select new SuggestedFeature(DerivedFeature.Ratio(debt.Column, lines.Column), "How much debt each credit line carries.");

    private static IEnumerable<SuggestedFeature> Steadiness(QuantityName[] columns) =>
        from average in columns
        where average.Level == QuantityLevel.Average && average.Thing.Length >= 2
        from highest in columns
        where highest.Level == QuantityLevel.Highest && highest.Thing == average.Thing
        select new SuggestedFeature(DerivedFeature.Ratio(average.Column, highest.Column), "How steady it is: near 1 it is always there, near 0 it was there once.");

    /// <summary>0 to 1.</summary>
    private static double DefinedShare(ColumnTable table, DerivedFeature feature)
    {
        var first = table.Numbers(table.IndexOf(feature.Column));
        var second = feature.Denominator is { } denominator ? table.Numbers(table.IndexOf(denominator)) : default;
        var count = 0;
        for (var row = 0; row < first.Length; row++)
        {
            count += float.IsNaN(first[row]) || (feature.IsRatio && !(second[row] > 0)) ? 0 : 1;
        }

        return (double)count / Math.Max(1, first.Length);
    }
}
