using Campaign.Learning.Metrics;

namespace Campaign.Learning.Uplift;

/// <summary>The customers at or above a score, from the best down.</summary>
/// <param name="TargetShare">Of the target customers, 0 to 1.</param>
/// <param name="TargetGain">Of the target customers' responses, those found here, 0 to 1; NaN where there is none.</param>
/// <param name="ControlGain">Of the control customers' responses, likewise.</param>
/// <param name="ExtraResponses">Responses of the target customers here less those that the control group tells would have come anyway; NaN without a control group.</param>
public readonly record struct UpliftPoint(double TargetShare, double TargetGain, double ControlGain, double ExtraResponses);

/// <summary>
/// Cumulative gain and Qini curve (Radcliffe 2007) of a campaign's customers by the score that ranked them: how much of the response, and of the
/// extra response, the best part of the list would have brought. Control responses are scaled by target over control customers of the whole
/// campaign, which a draw from the same customers keeps alike at every score.
/// </summary>
/// <param name="Points">From nobody, (0, 0, 0, 0), to all, at most <see cref="PointLimit"/> steps; equal scores stand together.</param>
/// <param name="Qini">
/// Area between the Qini curve and the straight line to its end, in extra responses a target customer: above 0 where the score puts those first
/// whom the contact moves, about 0 for a random order. NaN without a control group.
/// </param>
/// <param name="QiniInterval">95 %, by drawing target and control customers again.</param>
public sealed record UpliftCurve(IReadOnlyList<UpliftPoint> Points, double Qini, Interval QiniInterval)
{
    public const int PointLimit = 100;

    private const int DrawCount = 500;

    /// <param name="scores">One a customer, higher is better, no NaN.</param>
    /// <param name="isControl">One a customer: kept back, else to contact.</param>
    /// <param name="responded">One a customer.</param>
    /// <param name="seed">Of the drawing.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static UpliftCurve Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isControl, ReadOnlySpan<bool> responded, int seed)
    {
        if (scores.Length != isControl.Length || scores.Length != responded.Length)
        {
            throw new ArgumentException($"{scores.Length} scores, {isControl.Length} groups, {responded.Length} responses.");
        }

        var steps = Steps(scores);
        var stepCount = steps.Length == 0 ? 0 : steps.Max() + 1;
        List<int> targets = [], controls = [];
        for (var i = 0; i < scores.Length; i++)
        {
            (isControl[i] ? controls : targets).Add((2 * steps[i]) + (responded[i] ? 1 : 0));
        }

        var points = PointsOf(CellsOf(targets, stepCount), CellsOf(controls, stepCount));
        var qini = QiniOf(points) / targets.Count;
        var draws = new double[double.IsNaN(qini) ? 0 : DrawCount];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            var random = SeededRandom.For(seed, draw);
            draws[draw] = QiniOf(PointsOf(Redrawn(targets, stepCount, ref random), Redrawn(controls, stepCount, ref random))) / targets.Count;
        }

        return new UpliftCurve(points, qini, Interval.Percentile(draws, 0.95));
    }

    /// <summary>The step of each customer from the best down, about as many customers in each.</summary>
    private static int[] Steps(ReadOnlySpan<double> scores)
    {
        var sorted = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var steps = new int[sorted.Length];
        int step = 0, inStep = 0;
        var size = (sorted.Length + PointLimit - 1) / PointLimit;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            if (inStep >= size && sorted[i] != sorted[i + 1])
            {
                (step, inStep) = (step + 1, 0);
            }

            steps[order[i]] = step;
            inStep++;
        }

        return steps;
    }

    private static Cells CellsOf(List<int> customers, int stepCount)
    {
        var cells = new Cells(stepCount);
        foreach (var cell in customers)
        {
            cells.Counts[cell]++;
        }

        return cells;
    }

    private static Cells Redrawn(List<int> customers, int stepCount, ref SeededRandom random)
    {
        var cells = new Cells(stepCount);
        for (var i = 0; i < customers.Count; i++)
        {
            cells.Counts[customers[random.Next(customers.Count)]]++;
        }

        return cells;
    }

    private static UpliftPoint[] PointsOf(Cells targets, Cells controls)
    {
        double targetCount = targets.Total, controlCount = controls.Total, targetResponses = targets.Responses, controlResponses = controls.Responses;
        var points = new UpliftPoint[targets.StepCount + 1];
        long seen = 0, found = 0, foundControls = 0;
        for (var step = 0; step <= targets.StepCount; step++)
        {
            points[step] = new UpliftPoint(
                targetCount == 0 ? double.NaN : seen / targetCount,
                targetResponses == 0 ? double.NaN : found / targetResponses,
                controlResponses == 0 ? double.NaN : foundControls / controlResponses,
                controlCount == 0 || targetCount == 0 ? double.NaN : found - (foundControls * targetCount / controlCount));
            if (step < targets.StepCount)
            {
                seen += targets.At(step);
                found += targets.ResponsesAt(step);
                foundControls += controls.ResponsesAt(step);
            }
        }

        return points;
    }

    /// <summary>In extra responses.</summary>
    private static double QiniOf(UpliftPoint[] points)
    {
        double area = 0, end = points[^1].ExtraResponses;
        for (var i = 1; i < points.Length; i++)
        {
            var (before, after) = (points[i - 1], points[i]);
            area += (after.TargetShare - before.TargetShare) * (before.ExtraResponses + after.ExtraResponses) / 2;
        }

        return area - (end / 2);
    }

    /// <summary>Customers by step, without and with a response.</summary>
    private readonly struct Cells(int stepCount)
    {
        public int StepCount { get; } = stepCount;

        public int[] Counts { get; } = new int[2 * stepCount];

        public long Total => Counts.Sum(count => (long)count);

        public long Responses => Counts.Where((_, cell) => cell % 2 == 1).Sum(count => (long)count);

        public long At(int step) => Counts[2 * step] + Counts[(2 * step) + 1];

        public long ResponsesAt(int step) => Counts[(2 * step) + 1];
    }
}
