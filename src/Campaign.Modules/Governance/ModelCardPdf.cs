using System.Globalization;
using Campaign.Learning.Candidates;
using Campaign.Learning.Metrics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>
/// The model card as a document: sections 0 to 21, none left out. What the record has is written as it is; what it has not says so. Shares
/// have three decimals, or one as a percentage.
/// </summary>
internal static class ModelCardPdf
{
    public static string ToHtml(ModelCard card)
    {
        var page = new HtmlPage();
        Cover(page, card);
        Summary(page, card);
        Details(page, card);
        Use(page);
        WhereItRuns(page, card);
        Factors(page, card);
        Metrics(page, card);
        EvaluationData(page, card);
        TrainingData(page, card);
        Design(page, card);
        ModelCardResults.Overall(page, card);
        ModelCardResults.ByGroup(page, card);
        ModelCardResults.Explanation(page, card);
        ModelCardDuties.Write(page, card);
        return page.ToHtml($"Model card: {card.Cover.ModelName}", $"Model card: {card.Cover.ModelName}", card.Cover.Review);
    }

    /// <summary>A rate with its counts and its 95 % interval: '0.857 (0.810 to 0.893; 240 of 280)'.</summary>
    internal static string WithInterval(Rate rate)
    {
        if (!rate.IsDefined)
        {
            return "undefined (out of 0)";
        }

        var interval = WilsonInterval.Of(rate);
        return $"{InWords.Number(rate.Share)} ({InWords.Number(interval.Low)} to {InWords.Number(interval.High)}; {InWords.Count(rate.Count)} of {InWords.Count(rate.OutOf)})";
    }

    /// <summary>A number that is no share of counts: '0.877 (0.861 to 0.892)'; without brackets where there is no interval.</summary>
    internal static string WithInterval(double value, Interval? interval) => interval is { IsDefined: true } between
        ? $"{InWords.Number(value)} ({InWords.Number(between.Low)} to {InWords.Number(between.High)})"
        : InWords.Number(value);

    private static void Cover(HtmlPage page, ModelCard card)
    {
        var cover = card.Cover;
        page.Title(cover.ModelName).Badge(cover.Review).Facts(
            ("Version", cover.Version ?? "not registered"),
            ("Run id", cover.RunId.ToString()),
            ("Status", cover.Status),
            ("Owner", cover.Owner),
            ("Approver", cover.Approver ?? CardCover.NotReviewed),
            ("Trained", InWords.When(cover.TrainedUtc)),
            ("Document made", InWords.When(cover.GeneratedUtc)),
            ("Data file", card.Data.FileName),
            ("Data fingerprint (SHA-256)", card.Data.Fingerprint),
            ("Model hash (SHA-256)", cover.ModelHash),
            ("Campaign version", cover.AppVersion));
        page.Note("Generated from the run's record, not edited. Every number in this document was read from that record.");
    }

    private static void Summary(HtmlPage page, ModelCard card)
    {
        var counts = card.Results.Counts;
        page.PageBreak().Section("1  Summary")
            .Paragraph($"The model looks among the customers that the bank records as normal for those who look like its affluent customers: hidden affluents. It was trained on {InWords.Count(card.Data.RowCount)} rows of {InWords.Count(card.Data.CustomerCount)} customers, {InWords.Count(card.Data.AffluentRowCount)} rows of them recorded affluent.")
            .Paragraph($"At the threshold in force ({InWords.Score(card.Threshold.Score)}) it selects {InWords.Count(counts.Selected)} rows; {InWords.Count(counts.SelectedNormal)} of them are recorded normal and so candidates. A candidate is not a fact: a person decides.")
            .Facts(
                ("Recall", WithInterval(counts.Recall)),
                ("Precision, against the recorded class", WithInterval(counts.Precision)),
                ("Promise", card.Threshold.Promise is null ? "none: the threshold was not set by a promise" : card.Threshold.InWords),
                ("How many affluents are hidden", card.Results.Measures?.HiddenInWords))
            .Heading("Three main limits")
            .List(
                "The recorded class is not the truth: hidden affluents count against precision, so the true precision is higher than the one shown.",
                RunMeasures.PromiseDoesNotCarryOver,
                "The numbers hold for customers like those in this file, at its time. Drift is not watched by this version.")
            .Missing("Traffic lights");
    }

    private static void Details(HtmlPage page, ModelCard card)
    {
        var training = card.Training;
        page.Section("2  Model details").Facts(
                ("Developed by", "the bank, with Campaign"),
                ("Type", $"{training.Algorithm}; {InWords.Count(training.TreeCount, "tree")} in each model"),
                ("Date", InWords.When(card.Cover.TrainedUtc)),
                ("Seed", training.Seed.ToString(CultureInfo.InvariantCulture)),
                ("Quick run", training.Quick ? "yes: one repeat, no averaging" : "no"),
                ("Licence of the model", null),
                ("Contact", null),
                ("Relation to earlier versions, changes", null))
            .Heading("Libraries and system")
            .Facts(training.Versions.Select(version => (version.Key, (string?)version.Value)));
    }

    private static void Use(HtmlPage page) => page.Section("3  Intended use")
        .Paragraph("To rank existing customers of the bank for an invitation to wealth and priority-banking offers, by the bank's marketing and campaign teams.")
        .Heading("Out of scope").List("credit decisions", "pricing", "refusing a service", "staff", "minors")
        .Heading("Foreseeable misuse").List(
            "reading the score as a probability or as a statement about a person's wealth",
            "contacting the control group, or customers who opted out: this version does not know consent",
            "scoring customers of another market or product than those of the training file");

    private static void WhereItRuns(HtmlPage page, ModelCard card) => page.Section("4  Where it runs").Facts(
        ("Ways in", "web pages and command line, on one machine or a server of the bank"),
        ("Connects to", "its own database and data folder; no service outside"),
        ("System", card.Training.Versions.GetValueOrDefault("system")),
        ("Peak memory when the run ended", InWords.Size(card.Training.PeakMemoryBytes)),
        ("Hardware", null),
        ("Screenshots, instructions", null));

    private static void Factors(HtmlPage page, ModelCard card)
    {
        page.Section("5  Factors");
        if (card.Fairness.Columns.Count == 0)
        {
            page.Paragraph($"Groups examined: {HtmlPage.NoData}. No column was named or recognised as sensitive.");
        }
        else
        {
            page.Table(
                ["Sensitive column", "Trained on", "Groups"],
                card.Fairness.Columns.Select(column => new[] { column.Column, column.IsTrainedOn ? "yes" : "no", InWords.Count(column.Table.Groups.Count) }), 2);
        }

        page.Missing("Proxies of sensitive columns").Missing("Groups that are missing from the file");
    }

    private static void Metrics(HtmlPage page, ModelCard card)
    {
        var threshold = card.Threshold;
        page.Section("6  Metrics and threshold")
            .List(
                "Recall: of the rows recorded affluent, the share that is selected. It comes first, because a missed affluent is lost without a trace, while a wrong candidate costs one contact.",
                "Precision: of the selected rows, the share recorded affluent. A lower bound of the true one, as hidden affluents count against it.",
                "Lift: the share of affluents in the top tenth of rows over the share in all rows.",
                "Ranges are 95 % intervals, two-sided: Wilson's score interval for rates, DeLong's for the area under the ROC curve, the jackknife by customer for average precision and lift. They speak of other customers scored by these models, not of other models.")
            .Facts(
                ("Threshold", InWords.Score(threshold.Score) + "; at or above selects, equal scores move together"),
                ("How chosen", threshold.InWords),
                ("Asked for at training", $"recall {InWords.ShortPercent(threshold.RecallFloor)}, {InWords.ShortPercent(threshold.Confidence)} sure"),
                ("Known affluents it rests on", threshold.Promise is { } promise ? $"{InWords.Count(promise.KnownAffluent)}, of which {InWords.Count(promise.Kept)} at or above" : "no promise"),
                ("What the budget costs", threshold.BudgetCost?.Sentence ?? "no budget is in force"),
                ("Money, by guesses of " + (threshold.Money?.Money.SetByName ?? "nobody"), threshold.Money is { } money ? $"{money.Money.Sentence} {money.BreakEven}" : HtmlPage.NoData + ": nobody has said what a contact brings and costs, or it can't be told"))
            .Note("The promise is exact binomial: with n known affluents, scored by models that never saw them, and k of them at or above the threshold, the chance of k or more at a true recall of the floor is at most 1 minus the confidence.");
    }

    private static void EvaluationData(HtmlPage page, ModelCard card) => page.Section("7  Evaluation data")
        .Paragraph($"The training file itself, each row scored only by models that never saw its customer (cross-fitting): {InWords.Count(card.Training.FoldCount, "fold")}, {InWords.Count(card.Training.RepeatCount, "repeat")}, stratified by recorded class, all rows of a customer in one fold.")
        .Facts(
            ("Source", card.Data.FileName),
            ("Fingerprint (SHA-256)", card.Data.Fingerprint),
            ("Received", InWords.When(card.Data.ReceivedUtc)),
            ("Rows", InWords.Count(card.Data.RowCount)),
            ("Recorded affluent", RowsOf(card, card.Data.AffluentRowCount)),
            ("Recorded normal", RowsOf(card, card.Data.RowCount - card.Data.AffluentRowCount)),
            ("Split by time", null));

    private static string RowsOf(ModelCard card, int count) =>
        $"{InWords.Count(count)} rows ({InWords.Percent(new Rate(count, card.Data.RowCount).Share)})";

    private static void TrainingData(HtmlPage page, ModelCard card)
    {
        var data = card.Data;
        page.Section("8  Training data").Facts(
            ("Source", data.FileName),
            ("Received from", data.ReceivedFrom),
            ("Size", InWords.Size(data.ByteCount)),
            ("Read as", data.ReadAs),
            ("Rows left out when read", InWords.Count(data.RejectedRowCount)),
            ("Customers", data.IdColumn is null ? "each row is a customer of its own" : $"{InWords.Count(data.CustomerCount)} different ids in '{data.IdColumn}'"),
            ("Recorded class", $"'{data.LabelColumn}', affluent where it is '{data.AffluentValue}'"),
            ("Who set the recorded class, and how", null),
            ("Consent basis", null),
            ("Estimate of hidden affluents", card.Results.Measures?.HiddenInWords),
            ("Known bias", null));
        page.Heading($"Columns trained on ({InWords.Count(data.Features.Count)})").Table(
            ["Column", "Kind", "Missing"],
            data.Features.Select(column => new[] { column.Name, column.Kind, InWords.Percent(column.MissingShare) }), 2);
        page.Heading("Columns left out");
        if (data.LeftOut.Count == 0)
        {
            page.Paragraph("None.");
        }
        else
        {
            page.Table(["Column", "Why"], data.LeftOut.Select(column => new[] { column.Name, column.Reason }));
        }

        if (data.Leaking.Count > 0)
        {
            page.Heading("Columns that alone tell the class suspiciously well (AUC 0.98 or more)")
                .Table(["Column", "AUC alone"], data.Leaking.Select(column => new[] { column.Name, InWords.Number(column.Auc) }), 1);
        }
    }

    private static void Design(HtmlPage page, ModelCard card)
    {
        var training = card.Training;
        page.Section("9  Design")
            .List(
                training.Quick
                    ? "A quick look: boosted trees alone."
                    : "Boosted trees, a random forest and an elastic net learn from the same customers; in the ensemble their log-odds add up, each with its weight.",
                "Boosted trees are strongly regularised: capacity follows the number of rows; the number of trees is chosen by out-of-fold log-loss.",
                "Missing values are kept as missing: in customer files they mostly mean 'does not own the product'.",
                "Log-odds are averaged over the repeats; their mean ranks the customers.",
                "The threshold is chosen on out-of-fold scores, never on scores of rows that a model was trained on.",
                "Assumption: the recorded affluents are a fair sample of all affluents. Where they are not, see the limits in section 1.");
        page.Heading("Candidates, on the same folds");
        if (training.Candidates.Count == 0)
        {
            page.Missing("Candidates with their scores");
            return;
        }

        page.Paragraph($"{training.RecommendedBecause} The list is the shortest that keeps the promise, in rows recorded normal; recall is what it finds. In brackets 95 % intervals.")
            .Table(
                ["Candidate", "List", "Recall", "Average precision", "Area under the ROC curve", "Lift, top tenth"],
                training.Candidates.Select(candidate => new[]
                {
                    candidate.Kind == CandidateKind.BestColumn ? $"a rule on {candidate.Note}" : CandidateTraining.NameOf(candidate.Kind),
                    candidate.ListSize is { } size ? InWords.Count(size) : "none keeps it",
                    candidate.Recall is { } recall ? FairnessInWords.Rate(recall, WilsonInterval.Of(recall)) : "–",
                    WithInterval(candidate.AveragePrecision, candidate.AveragePrecisionInterval),
                    WithInterval(candidate.Auc, candidate.AucInterval),
                    candidate.LiftTopDecileInterval is { } lift
                        ? string.Create(CultureInfo.InvariantCulture, $"{candidate.LiftTopDecile:0.0} ({lift.Low:0.0} to {lift.High:0.0})")
                        : candidate.LiftTopDecile.ToString("0.0", CultureInfo.InvariantCulture),
                }),
                1, 2, 3, 4, 5);
        var sizes = training.Trials.Select(trial => trial.ListSize).OfType<int>().ToList();
        page.Facts(("Settings tried before", training.Trials.Count == 0 ? "none"
            : $"{InWords.Count(training.Trials.Count, "trial")}, drawn by the seed and judged on one repeat of the folds; "
                + (sizes.Count == 0 ? "none kept the promise" : $"their lists had {InWords.Count(sizes.Min())} to {InWords.Count(sizes.Max())} rows recorded normal, and the shortest was taken")));
    }
}
