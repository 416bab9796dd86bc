using Campaign.Learning.Metrics;

namespace Campaign.Learning.Estimates;

/// <summary>
/// How many customers recorded normal are affluent, told from the customers at the very top of the ranking: hardly a normal is among them, so
/// the share of them that is recorded affluent is about the share of all affluents that the bank has recorded. See docs/modelling.md for what
/// it rests on and where it fails. From 0 to all who are recorded normal.
/// </summary>
/// <param name="Low">
/// At least this many: with 97.5 % confidence, where at least <see cref="LeastPurity"/> of the top are affluent. Also where the less obvious
/// affluents are recorded less often.
/// </param>
/// <param name="Mid">Where the purity lies midway.</param>
/// <param name="High">
/// At most this many: with 97.5 % confidence, whatever the purity. Only where the recorded affluents are a fair sample of all affluents.
/// </param>
/// <param name="KnownAffluent">Customers recorded affluent.</param>
/// <param name="Top">Recorded affluents among the top customers that were looked at.</param>
/// <param name="RecordedShare">Of all affluents the share that is recorded, where the purity lies midway: above 0, at most 1.</param>
public sealed record HiddenEstimate(double Low, double Mid, double High, int KnownAffluent, Rate Top, double RecordedShare)
{
    /// <summary>With fewer customers recorded affluent nothing is estimated: the top would be a large part of them.</summary>
    public const int LeastKnownAffluent = 400;

    /// <summary>Of the top customers, at least so many are affluent: an assumption that a person can check by looking at them.</summary>
    public const double LeastPurity = 0.85;

    public const string Assumption =
        "The affluent customers that are recorded are a fair sample of all affluent ones, and at least 85 % of the customers with the very "
        + "highest scores are affluent. Where the less obvious ones are recorded less often, there are more hidden affluents than this range says.";

    private const int LeastTopAffluent = 50;
    private const double TopShare = 0.05;

    /// <summary>Customers with equal scores go together; where they are so many times more, they are not the very top.</summary>
    private const int MostOfWanted = 2;

    private const double MidPurity = (1 + LeastPurity) / 2;
    private const double Confidence = 0.95;
    private const int DrawCount = 2000;

    /// <param name="logOdds">Out of fold, one a row. A customer counts once, at its highest row; customers with equal log-odds go together.</param>
    /// <param name="affluent">The recorded class, one a row; a customer with an affluent row is recorded affluent.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="seed">Any number; the same gives the same range.</param>
    /// <returns>
    /// Null where fewer than <see cref="LeastKnownAffluent"/> customers are recorded affluent, or where the scores tell no top from the rest: too
    /// many customers share the highest, or at the top no more are recorded affluent than among all, beyond chance.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, or log-odds are NaN.</exception>
    public static HiddenEstimate? Of(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent, CustomerIndex customers, int seed)
    {
        if (logOdds.Length != affluent.Length || logOdds.Length != customers.RowCount)
        {
            throw new ArgumentException($"{logOdds.Length} log-odds, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        var known = customers.WithAffluentRow(affluent);
        var knownCount = known.Count(isKnown => isKnown);
        if (knownCount < LeastKnownAffluent)
        {
            return null;
        }

        var steps = Steps(HighestRows(logOdds, customers), known);
        var wanted = Math.Max(LeastTopAffluent, (int)Math.Ceiling(TopShare * knownCount));
        var top = TopOf(steps, wanted);
        if (top.Count > MostOfWanted * wanted)
        {
            return null;
        }

        var shares = Interval.Percentile(Draws(steps, wanted, seed), Confidence);
        if (shares.Low <= (double)knownCount / customers.Count)
        {
            return null;
        }

        return new HiddenEstimate(
            Hidden(knownCount, customers.Count, shares.High / LeastPurity),
            Hidden(knownCount, customers.Count, top.Share / MidPurity),
            Hidden(knownCount, customers.Count, shares.Low),
            knownCount,
            top,
            Math.Min(1, top.Share / MidPurity));
    }

    /// <summary>Of all affluents the share that is recorded, were so many hidden: above 0, at most 1.</summary>
    /// <param name="hidden">0 or more.</param>
    public double RecordedShareAt(double hidden) => KnownAffluent / (KnownAffluent + hidden);

    private static double Hidden(int knownCount, int customerCount, double recordedShare) =>
        Math.Min(customerCount - knownCount, knownCount * ((1 / Math.Min(1, recordedShare)) - 1));

    private static double[] HighestRows(ReadOnlySpan<double> logOdds, CustomerIndex customers)
    {
        var highest = new double[customers.Count];
        Array.Fill(highest, double.NegativeInfinity);
        for (var row = 0; row < logOdds.Length; row++)
        {
            if (double.IsNaN(logOdds[row]))
            {
                throw new ArgumentException("Log-odds are not a number.");
            }

            ref var value = ref highest[customers.Customers[row]];
            value = Math.Max(value, logOdds[row]);
        }

        return highest;
    }

    /// <summary>Customers of equal log-odds together, from the highest down.</summary>
    private static List<(int Known, int Other)> Steps(double[] highest, bool[] known)
    {
        var steps = new List<(int Known, int Other)>();
        Array.Sort(highest, known);
        for (var next = highest.Length - 1; next >= 0;)
        {
            var value = highest[next];
            (int Known, int Other) step = default;
            for (; next >= 0 && highest[next] == value; next--)
            {
                step = known[next] ? (step.Known + 1, step.Other) : (step.Known, step.Other + 1);
            }

            steps.Add(step);
        }

        return steps;
    }

    /// <summary>The fewest steps that hold so many known affluents.</summary>
    private static Rate TopOf(List<(int Known, int Other)> steps, int wanted)
    {
        int known = 0, all = 0;
        for (var i = 0; i < steps.Count && known < wanted; i++)
        {
            known += steps[i].Known;
            all += steps[i].Known + steps[i].Other;
        }

        return new Rate(known, all);
    }

    /// <summary>
    /// The top's share where customers are drawn with replacement: each as often as a Poisson number of mean 1 says, which for the top of many
    /// customers is the same, and spares drawing those below.
    /// </summary>
    private static double[] Draws(List<(int Known, int Other)> steps, int wanted, int seed)
    {
        var shares = new double[DrawCount];
        for (var draw = 0; draw < DrawCount; draw++)
        {
            var random = SeededRandom.For(seed, draw);
            long known = 0, all = 0;
            for (var i = 0; i < steps.Count && known < wanted; i++)
            {
                var drawnKnown = Poisson(steps[i].Known, ref random);
                known += drawnKnown;
                all += drawnKnown + Poisson(steps[i].Other, ref random);
            }

            shares[draw] = known / (double)all;
        }

        return shares;
    }

    /// <summary>The sum of so many Poisson numbers of mean 1, each by Knuth's products of uniform shares.</summary>
    private static int Poisson(int count, ref SeededRandom random)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            for (var product = random.NextShare(); product > 1 / Math.E; product *= random.NextShare())
            {
                sum++;
            }
        }

        return sum;
    }
}
