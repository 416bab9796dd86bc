using Campaign.Learning.Robustness;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Section 13 of the model card: what the scores do when a column goes wrong, and on an older file.</summary>
internal static class ModelCardRobustness
{
    public static void Write(HtmlPage page, RunRobustness? robustness)
    {
        page.Section("13  Robustness").Facts(
            ("Category that training never saw", "counts as missing"),
            ("Older file", robustness is null ? null : Older(robustness)),
            ("Missing, shifted or noisy columns", robustness is null ? null : "see the table"));
        if (robustness is null)
        {
            return;
        }

        var table = robustness.Table;
        page.Paragraph(
                $"The columns without which the scores move furthest, one spoilt at a time in {InWords.Count(robustness.RowCount, "row")} of the file ({InWords.Count(robustness.AffluentCount)} recorded affluent), "
                + $"each scored by models that never saw its customer. Recall and selection are at the cut-off {InWords.Score(robustness.Threshold)}, which stays. Other columns may hold the same fact: losing a whole source does more harm.")
            .Table(
                ["Column", "What is wrong", "Area under the ROC curve", "Recall", "Selection changes for"],
                [
                    ["(none)", "nothing", ModelCardPdf.WithInterval(table.Auc, table.AucInterval), InWords.WithInterval(table.Recall), "–"],
                    .. table.Rows.Select(row => new[]
                    {
                        row.Column, Told(row.Disturbance), ModelCardPdf.WithInterval(row.Auc, row.AucInterval), InWords.WithInterval(row.Recall), InWords.WithInterval(row.Changed),
                    }),
                ],
                2, 3, 4)
            .Note("In brackets the 95 % interval. Numbers are shifted by their own interquartile range; noise has a tenth of it as its standard deviation.");
    }

    private static string Older(RunRobustness robustness) => robustness.Older is { } older
        ? $"'{older.FileName}' of {InWords.Day(older.UploadedUtc)}: area under the ROC curve {ModelCardPdf.WithInterval(older.Auc, older.AucInterval)}, recall {InWords.WithInterval(older.Recall)}, "
            + $"selected {InWords.WithInterval(older.Selected)}; {InWords.Count(older.RowCount, "row")}, {InWords.Count(older.KnownRowCount)} of them of customers in this file, scored by models that never saw them"
        : $"not measured. {robustness.WhyNoOlder}";

    private static string Told(Disturbance disturbance) => disturbance switch
    {
        Disturbance.Missing => "all values missing",
        Disturbance.ShiftedUp => "all numbers too high",
        Disturbance.ShiftedDown => "all numbers too low",
        Disturbance.Noise => "noise on all numbers",
        Disturbance.TypingErrors => "one in twenty ten times too large or small",
        Disturbance.UnseenCategory => "the most frequent value spelled anew",
        Disturbance.Misspelled => "one in twenty misspelled",
        _ => throw new ArgumentOutOfRangeException(nameof(disturbance), disturbance, null),
    };
}
