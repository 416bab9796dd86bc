using System.Globalization;
using Campaign.Learning.Candidates;
using Campaign.Learning.Explanations;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Sections 10 to 12 of the model card: the measured ones.</summary>
internal static class ModelCardResults
{
    private const int ReasonRows = 15;

    public static void Overall(HtmlPage page, ModelCard card)
    {
        var results = card.Results;
        var counts = results.Counts;
        page.Section("10  Results overall")
            .Paragraph("By row and out of fold: each row scored only by models that never saw its customer.")
            .Table(
                ["", "Selected", "Not selected", "Rows"],
                [
                    ["Recorded affluent", InWords.Count(counts.SelectedAffluent), InWords.Count(counts.OtherAffluent), InWords.Count(counts.Recall.OutOf)],
                    ["Recorded normal", InWords.Count(counts.SelectedNormal), InWords.Count(counts.OtherNormal), InWords.Count(counts.SelectedNormal + counts.OtherNormal)],
                ],
                1, 2, 3)
            .Facts(
                ("Recall", ModelCardPdf.WithInterval(counts.Recall)),
                ("Precision", ModelCardPdf.WithInterval(counts.Precision)),
                ("Area under the ROC curve", ModelCardPdf.WithInterval(results.Auc, results.Measures?.Auc)),
                ("Average precision", ModelCardPdf.WithInterval(results.AveragePrecision, results.Measures?.AveragePrecision)),
                ("Lift in the top tenth", ModelCardPdf.WithInterval(results.LiftTopDecile, results.Measures?.LiftTopDecile)),
                ("Simplest thing to compare with", card.Training.Candidates.SingleOrDefault(candidate => candidate.Kind == CandidateKind.BestColumn) is { } best ? $"a rule on '{best.Note}' alone: area under the ROC curve {ModelCardPdf.WithInterval(best.Auc, best.AucInterval)}" : HtmlPage.NoData),
                ("What scoring the training rows at cut-off 0.5 would have listed", InWords.Count(results.InSampleSelectedAtHalf, "recorded normal row")),
                ("Calibration", results.Measures is null ? null : "see below"),
                ("Expected profit", card.Threshold.Money is { } money ? $"{money.InForce} {money.Best}" : HtmlPage.NoData),
                ("Against the last version", null));
        Charts(page, card);
        if (card.Threshold.Money is { } told)
        {
            page.Drawing(
                ModelCardCharts.Profit(told, card.Threshold.Score),
                $"Expected profit at each threshold, by guesses of {told.Money.SetByName} ({InWords.When(told.Money.SetUtc)}): {told.Money.Sentence} The thin lines are for fewer and more hidden affluents; that the guesses may be wrong is not in them.");
        }

        var overall = new Rate(card.Data.AffluentRowCount, card.Data.RowCount);
        if (results.Measures is { } measures)
        {
            Calibration(page, measures, overall);
        }

        page.Heading("By tenth of the rows, highest scores first").Table(
            ["Tenth", "Rows", "Recorded affluent", "Share", "95 % interval", "Lift, 95 % interval", "Lowest score"],
            results.Deciles.Select(decile => Row(decile, overall)),
            0, 1, 2, 3, 4, 5, 6)
            .Note("Lift by tenth: the tenth's share of recorded affluents over that of the whole file. Its interval is the share's, with the whole file's share taken as it is.");
    }

    public static void ByGroup(HtmlPage page, ModelCard card)
    {
        var limits = card.Fairness.Limits;
        page.Section("11  Results by group").Facts(
            ("Limits between groups", FairnessInWords.Limits(limits.Limits)),
            ("Who set them", limits.SetBy));
        if (card.Fairness.Columns.Count == 0)
        {
            page.Paragraph(HtmlPage.NoData + ": no sensitive column.");
        }

        foreach (var column in card.Fairness.Columns)
        {
            Column(page, column, limits.Limits);
        }

        page.Note("By row and recorded class at the threshold in force, each rate with Wilson's 95 % interval. Gap: highest less lowest rate of the judged groups; ratio: lowest over highest (below 0.80 it breaks the four-fifths rule); their 95 % intervals hold for all pairs of judged groups at once. Inside: the whole interval keeps the limit; outside: all of it breaks it; else cannot tell, which clears nobody. A group of fewer than " + GroupRates.LeastRows + " rows has no figures. Where a group's affluents are recorded less often than another's, none of these figures shows it.");
        page.Missing("Benefit and harm against a control group");
    }

    public static void Explanation(HtmlPage page, ModelCard card)
    {
        var reasons = card.Reasons;
        page.Section("12  Explanation")
            .Paragraph("Each candidate's score is split into what each column adds to it (exact SHAP values), by the models that did not see the customer. The three that raise it most are the reasons on the list, the two that lower it most what speaks against. Before a list is saved this is checked for every customer on it.");
        if (reasons.ExplainedRowCount == 0)
        {
            page.Paragraph(HtmlPage.NoData + ": there are no candidates at this threshold.");
        }
        else
        {
            page.Facts(
                ("Candidates explained here", $"{InWords.Count(reasons.ExplainedRowCount)}, evenly from the highest to the lowest score"),
                ("Contributions add up to the score", $"for {InWords.Count(reasons.AddingUpCount)} of {InWords.Count(reasons.ExplainedRowCount)}; a candidate where they do not gets no reason"))
            .Table(
                ["Column", "Among the three strongest reasons of", "95 % interval", "Raises the log-odds by, on average"],
                reasons.Columns.Take(ReasonRows).Select(column => new[]
                {
                    column.Column,
                    InWords.Percent(new Rate(column.CandidateCount, reasons.ExplainedRowCount).Share),
                    Between(new Rate(column.CandidateCount, reasons.ExplainedRowCount)),
                    InWords.Number(column.MeanContribution),
                }),
                1, 2, 3);
        }

        page.Facts(
            ("Columns barred from training", card.Data.LeftOut.Count == 0 ? "none" : string.Join(", ", card.Data.LeftOut.Select(column => column.Name))),
            ("Sample reasons of invented customers", null));
        Importance(page, card, reasons.Importance);
    }

    private static void Importance(HtmlPage page, ModelCard card, GlobalImportance? importance)
    {
        if (importance is null)
        {
            page.Missing("Columns that matter most, their direction and stability over folds");
            return;
        }

        page.Heading("What the models go by, over all customers")
            .Paragraph($"The mean size of what each column adds to the log-odds, out of fold, on {InWords.Count(importance.SampleRowCount, "row")}{(importance.SampleRowCount < card.Data.RowCount ? " drawn by the run's seed" : "")}; for {InWords.Count(importance.AddingUpCount)} of them the parts add up to the score. The range is that of the {InWords.Count(importance.FoldModelCount)} fold models, each on the rows that it never saw: a wide one says that the weight hangs on which customers were learnt from.")
            .Table(
                ["Column", "Mean size", "Over fold models", "Place in fold models", "Direction"],
                importance.Columns.Take(ReasonRows).Select(column => new[]
                {
                    column.Column,
                    InWords.Number(column.MeanSize),
                    $"{InWords.Number(column.LowestFold)} to {InWords.Number(column.HighestFold)}",
                    column.BestRank == column.WorstRank ? InWords.Count(column.BestRank) : $"{InWords.Count(column.BestRank)} to {InWords.Count(column.WorstRank)}",
                    column.Direction,
                }),
                1, 2, 3);
        page.Drawing(ModelCardCharts.Importance([.. importance.Columns.Take(ReasonRows)]), "Mean size of what each column adds, with the range over the fold models.");
    }

    private static void Charts(HtmlPage page, ModelCard card)
    {
        var results = card.Results;
        var affluentCount = results.Counts.Recall.OutOf;
        var curve = results.Curve.Reverse().ToArray();
        page.Drawing(
            ModelCardCharts.Curves(
                [.. curve.Select(point => (point.Score, new Rate(point.SelectedAffluent, affluentCount).Share))],
                [.. curve.Select(point => (point.Score, new Rate(point.SelectedAffluent, point.SelectedAffluent + point.SelectedNormal).Share))],
                card.Threshold.Score),
            "Recall and precision, out of fold, at each threshold. Precision is against the recorded class.");
        page.Drawing(
            ModelCardCharts.Scores(results.NormalHistogram, results.AffluentHistogram, card.Threshold.Score),
            "Out-of-fold scores: each class as shares of its own rows.");
    }

    private static void Calibration(HtmlPage page, RunMeasures measures, Rate overall)
    {
        var chart = ReliabilityChart.Of(measures.Calibration);
        page.Heading("Calibrated probabilities")
            .Paragraph(measures.CalibrationInWords(overall.Share))
            .Paragraph($"The probability is that of being recorded affluent, made from the log-odds by {measures.CalibrationMethod}, for each fold by a map fitted on the others. Hidden affluents count as normal in it.")
            .Facts(
                ("Expected calibration error", InWords.Number(measures.Calibration.ExpectedCalibrationError)),
                ("Brier score", InWords.Number(measures.Calibration.Brier)),
                ("Log-loss", InWords.Number(measures.Calibration.LogLoss)))
            .Drawing(ModelCardCharts.Draw(chart), "Reliability: mean probability against the share recorded affluent, by tenths of the rows, with 95 % intervals.")
            .Table(chart.Table!.Headers, chart.Table.Rows, 0, 1, 2, 3, 4);
    }

    private static string Between(Rate rate)
    {
        var interval = WilsonInterval.Of(rate);
        return rate.IsDefined ? $"{InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)}" : "–";
    }

    private static string LiftOf(Rate rate, Rate overall)
    {
        var interval = WilsonInterval.Of(rate);
        return ModelCardPdf.WithInterval(rate.Share / overall.Share, new Interval(interval.Low / overall.Share, interval.High / overall.Share));
    }

    private static string[] Row(CardDecile decile, Rate overall)
    {
        var rate = new Rate(decile.AffluentCount, decile.RowCount);
        return
        [
            InWords.Count(decile.Decile), InWords.Count(decile.RowCount), InWords.Count(decile.AffluentCount), InWords.Percent(rate.Share), Between(rate),
            LiftOf(rate, overall), InWords.Score(decile.LowestScore),
        ];
    }

    private static void Column(HtmlPage page, ColumnFairness column, FairnessLimits limits)
    {
        page.Heading($"{column.Column} ({(column.IsTrainedOn ? "trained on" : "not trained on")}): {FairnessInWords.Verdict(column.Table.Verdict)}");
        page.Table(
            ["Rate", "Lowest and highest", "Largest gap, points, 95 % interval", "Verdict", "Ratio, 95 % interval", "Verdict"],
            FairnessInWords.Comparisons(column.Table).Select(compared => new[]
            {
                compared.Name, FairnessInWords.Between(compared.Gap),
                FairnessInWords.Gap(compared.Gap), FairnessInWords.Verdict(compared.Gap.GapVerdict),
                FairnessInWords.Ratio(compared.Gap), FairnessInWords.Verdict(compared.Gap.RatioVerdict),
            }),
            2, 4);
        page.Table(
            ["Group", "Rows", "Recorded affluent", "Selected", "Selection rate", "Recall", "Precision"],
            column.Table.Groups.Select(group => new[]
            {
                FairnessInWords.NotJudged(group, limits) is { } why ? $"{group.Group} ({why})" : group.Group,
                group.HasFigures ? InWords.Count(group.SelectionRate.OutOf) : "–",
                group.HasFigures ? InWords.Count(group.Recall.OutOf) : "–",
                group.HasFigures ? InWords.Count(group.SelectionRate.Count) : "–",
                FairnessInWords.Rate(group.SelectionRate, group.SelectionInterval),
                FairnessInWords.Rate(group.Recall, group.RecallInterval),
                FairnessInWords.Rate(group.Precision, group.PrecisionInterval),
            }),
            1, 2, 3, 4, 5, 6);
        page.Drawing(ModelCardCharts.Recall(column), $"Recall by {column.Column} with 95 % intervals.");
    }
}
