using System.Globalization;
using Campaign.Learning;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>What the recorded class lets training do.</summary>
internal static class ClassChecks
{
    /// <summary>The least known affluents for a promise of 95 %, 95 % sure.</summary>
    private const int PlentyAffluents = 59;

    private const double LopsidedShare = 0.9999;

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("class-known", "A recorded class that is not known", ClassUnknown),
        new("class-customers", "Too few customers of a class to learn from", TooFewCustomers),
        new("class-affluents", "Too few recorded affluents for a promise of 95 %", FewAffluents),
        new("class-lopsided", "Nearly all rows of one class", Lopsided),
        new("class-blank", "Rows without a recorded class", Blank),
        new("class-conflicts", "Rows alike in every column learnt from, but of different class", Conflicts),
    ];

    private static IEnumerable<Found> ClassUnknown(CheckedFile file)
    {
        if (!file.HasClasses)
        {
            yield return new(Severity.Blocking, null, 0, 0, "It is not known yet which column and value mean affluent.", "Choose them on the page 'Columns'.");
        }
    }

    private static IEnumerable<Found> TooFewCustomers(CheckedFile file)
    {
        var needed = TrainingRecipe.For(file.RowCount, seed: 0).FoldCount;
        (int Count, string Words)[] classes = [(file.Customers.AffluentCustomers, "affluent"), (file.Customers.NormalCustomers, "normal")];
        return classes.Where(one => file.HasClasses && one.Count < needed).Select(one => new Found(
            Severity.Blocking, file.Roles.Label, one.Count, file.Customers.CustomerCount,
            $"Only {InWords.Count(one.Count, "customer")} of {InWords.Count(file.Customers.CustomerCount)} {(one.Count == 1 ? "is" : "are")} recorded {one.Words}; at least {needed} are needed to learn from.",
            "Check which column and value mean affluent, or send a larger file."));
    }

    private static IEnumerable<Found> FewAffluents(CheckedFile file)
    {
        var known = file.Affluent.Count(affluent => affluent);
        if (file.HasClasses && known is > 0 and < PlentyAffluents)
        {
            // All of n known affluents kept proves a recall of 0.05^(1/n), 95 % sure.
            var percent = Math.Floor(100 * Math.Pow(0.05, 1.0 / known));
            yield return new(
                Severity.Warning, file.Roles.Label, known, file.RowCount,
                string.Create(CultureInfo.InvariantCulture, $"{InWords.Count(known, "row")} recorded affluent can carry a promise of at most {percent} % of the affluents, 95 % sure; 90 % takes 29, 95 % takes {PlentyAffluents}."),
                "Send a file with more recorded affluents, for example of more months or branches, or promise less.");
        }
    }

    private static IEnumerable<Found> Lopsided(CheckedFile file)
    {
        var affluent = file.Affluent.Count(one => one);
        var most = Math.Max(affluent, file.Affluent.Length - affluent);
        if (file.HasClasses && most >= LopsidedShare * file.RowCount)
        {
            yield return new(
                Severity.Warning, file.Roles.Label, most, file.RowCount,
                $"{InWords.Count(most)} of {InWords.Count(file.RowCount)} rows are recorded {(most == affluent ? "affluent" : "normal")}.",
                "Check which value means affluent, and that the export did not leave a class out.");
        }
    }

    private static IEnumerable<Found> Blank(CheckedFile file)
    {
        foreach (var label in file.Columns.Where(column => column.Name == file.Roles.Label && column.Info.MissingCount > 0))
        {
            yield return new(
                Severity.Warning, label.Name, label.Info.MissingCount, file.RowCount,
                $"The recorded class is blank in {QualityInWords.Share(label.Info.MissingCount, file.RowCount)}, which count as normal.",
                "Fill it in, or take these rows out.");
        }
    }

    private static IEnumerable<Found> Conflicts(CheckedFile file)
    {
        var count = file.Rows.ConflictingRows;
        if (count > 0)
        {
            yield return new(
                count > 0.01 * file.RowCount ? Severity.Warning : Severity.Note, null, count, file.RowCount,
                $"{QualityInWords.Share(count, file.RowCount)} equal a row of the other class in every column that is learnt from.",
                "No model can tell these apart. Add columns that describe customers better, or check how the class was given.");
        }
    }
}
