using System.Globalization;
using Campaign.Learning.Metrics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Sections 10 to 12 of the model card: the measured ones.</summary>
internal static class ModelCardResults
{
    /// <summary>A group is selected as often as it should be from this share of the most selected group's rate on ('four-fifths rule').</summary>
    private const double FourFifths = 0.8;

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
                ("Simplest thing to compare with", results.BestColumn is { } best ? $"ranking by '{best.Name}' alone: area under the ROC curve {InWords.Number(best.Auc)}" : HtmlPage.NoData),
                ("What scoring the training rows at cut-off 0.5 would have listed", InWords.Count(results.InSampleSelectedAtHalf, "recorded normal row")),
                ("Calibration", results.Measures is null ? null : "see below"),
                ("Money curve", null),
                ("Against the last version", null));
        Charts(page, card);
        var overall = new Rate(card.Data.AffluentRowCount, card.Data.RowCount);
        if (results.Measures is { } measures)
        {
            Calibration(page, measures, overall);
        }

        page.Heading("By tenth of the rows, highest scores first").Table(
            ["Tenth", "Rows", "Recorded affluent", "Share", "95 % interval", "Lift", "Lowest score"],
            results.Deciles.Select(decile => Row(decile, overall)),
            0, 1, 2, 3, 4, 5, 6);
    }

    public static void ByGroup(HtmlPage page, ModelCard card)
    {
        page.Section("11  Results by group");
        if (card.Groups.Count == 0)
        {
            page.Paragraph(HtmlPage.NoData + ": no sensitive column.");
        }

        foreach (var column in card.Groups)
        {
            Group(page, column, card.Results.Counts.Recall);
        }

        page.Note($"Recall is the share of the group's recorded affluents that is selected, with Wilson's 95 % interval. Inside: the interval holds the whole file's recall; outside: it does not; cannot tell: fewer than {GroupMetrics.LeastAffluentCount} recorded affluents. Four-fifths: the group's selection rate over that of the most selected group that can be judged; below {FourFifths.ToString("0.0", CultureInfo.InvariantCulture)} is marked.");
        page.Missing("Pairs of groups").Missing("Benefit and harm against a control group");
    }

    public static void Explanation(HtmlPage page, ModelCard card)
    {
        var reasons = card.Reasons;
        page.Section("12  Explanation")
            .Paragraph("Each candidate's score is split into what each column adds to it (exact SHAP values of the trees), by the models that did not see the customer. The three that raise it most are the reasons on the list.");
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
            ("Stability of the reasons over folds", null),
            ("Sample reasons of invented customers", null));
    }

    /// <summary>Inside, outside or cannot tell: a group's recall against the whole file's.</summary>
    internal static string Verdict(GroupMetrics group, Rate overall)
    {
        if (!group.HasEnoughData || !overall.IsDefined)
        {
            return "cannot tell";
        }

        var interval = WilsonInterval.Of(group.Counts.Recall);
        return overall.Share >= interval.Low && overall.Share <= interval.High ? "inside" : "outside";
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

    private static string[] Row(CardDecile decile, Rate overall)
    {
        var rate = new Rate(decile.AffluentCount, decile.RowCount);
        return
        [
            InWords.Count(decile.Decile), InWords.Count(decile.RowCount), InWords.Count(decile.AffluentCount), InWords.Percent(rate.Share), Between(rate),
            InWords.Number(rate.Share / overall.Share), InWords.Score(decile.LowestScore),
        ];
    }

    private static void Group(HtmlPage page, CardGroups column, Rate overall)
    {
        var judged = column.Groups.Where(group => group.HasEnoughData).ToArray();
        var highest = judged.Length == 0 ? double.NaN : judged.Max(group => group.SelectionRate.Share);
        page.Heading($"{column.Column} ({(column.IsTrainedOn ? "trained on" : "not trained on")})");
        page.Table(
            ["Group", "Rows", "Recorded affluent", "Selected", "95 % interval", "Recall", "95 % interval", "Verdict", "Four-fifths"],
            column.Groups.Select(group =>
            {
                var interval = WilsonInterval.Of(group.Counts.Recall);
                var ratio = group.HasEnoughData ? group.SelectionRate.Share / highest : double.NaN;
                return new[]
                {
                    group.Group, InWords.Count(group.RowCount), InWords.Count(group.AffluentCount), InWords.Percent(group.SelectionRate.Share),
                    Between(group.SelectionRate),
                    InWords.Number(group.Counts.Recall.Share),
                    double.IsNaN(interval.Low) ? "–" : $"{InWords.Number(interval.Low)} to {InWords.Number(interval.High)}",
                    Verdict(group, overall),
                    InWords.Number(ratio) + (ratio < FourFifths ? " below" : ""),
                };
            }),
            1, 2, 3, 4, 5, 6, 8);
        page.Drawing(
            ModelCardCharts.Groups(
                column.Column,
                [.. column.Groups.Select(group =>
                {
                    var interval = WilsonInterval.Of(group.Counts.Recall);
                    return (group.Group, interval.Low, group.Counts.Recall.Share, interval.High);
                })],
                overall.Share),
            $"Recall by {column.Column} with 95 % intervals.");
    }
}
