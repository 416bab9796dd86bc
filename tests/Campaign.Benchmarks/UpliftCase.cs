using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;

namespace Campaign.Benchmarks;

/// <summary>
/// How often does the interval of a campaign's effect cover the true one? Campaigns with known response rates are drawn: rates without the
/// campaign 1, 2, 5 and 10 %, effects none, half and once the rate (at most 5 points), 300 to 5,000 customers, one in ten kept back; without
/// strata, and with eight whose rates run from 1.75 to 0.25 times the whole's. Argument: campaigns a setting, 1,000 if left out. Prints the table.
/// </summary>
internal static class UpliftCase
{
    private const double ControlShare = 0.1;
    private static readonly double[] BaseRates = [0.01, 0.02, 0.05, 0.1];
    private static readonly double[] RelativeEffects = [0, 0.5, 1];
    private static readonly int[] CustomerCounts = [300, 1000, 3000, 5000];
    private static readonly int[] StratumCounts = [1, 8];

    internal static void Run(string[] args)
    {
        var campaigns = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        Setting[] settings =
        [
            .. from strata in StratumCounts
               from customers in CustomerCounts
               from rate in BaseRates
               from effect in RelativeEffects
               select new Setting(strata, customers, rate, Math.Min(0.05, effect * rate)),
        ];
        var outcomes = new Outcome[settings.Length];
        Parallel.For(0, settings.Length, place => outcomes[place] = Measure(settings[place], place, campaigns));
        Console.WriteLine("| strata | customers | control | base | effect | covered | too high | too low | mean width | told from nothing |\n|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (setting, outcome) in settings.Zip(outcomes))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {setting.Strata} | {setting.Customers:N0} | {setting.Controls:N0} | {100 * setting.BaseRate:0} % | {100 * setting.Effect:0.0} | {100 * outcome.Covered.Share:0.0} % | {100.0 * outcome.AboveTruth / campaigns:0.0} % | {100.0 * outcome.BelowTruth / campaigns:0.0} % | {100 * outcome.MeanWidth:0.0} | {100.0 * outcome.Told / campaigns:0.0} % |"));
        }

        foreach (var strata in StratumCounts)
        {
            var of = settings.Zip(outcomes).Where(pair => pair.First.Strata == strata).Select(pair => pair.Second.Covered).ToArray();
            var all = new Rate(of.Sum(rate => rate.Count), of.Sum(rate => rate.OutOf));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"strata {strata}: {100 * all.Share:0.00} % covered over all settings; {of.Count(rate => rate.Share is >= 0.93 and <= 0.97)} of {of.Length} settings within 93 to 97 %; lowest {100 * of.Min(rate => rate.Share):0.0} %, highest {100 * of.Max(rate => rate.Share):0.0} %"));
        }
    }

    private static Outcome Measure(Setting setting, int stream, int campaigns)
    {
        int covered = 0, above = 0, below = 0, told = 0;
        var width = 0.0;
        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var random = SeededRandom.For(campaign + 1, stream);
            var uplift = UpliftEstimate.Of(setting.Draw(ref random));
            var truth = setting.TrueDifference;
            covered += uplift.Interval.Holds(truth) ? 1 : 0;
            above += uplift.Interval.Low > truth ? 1 : 0;
            below += uplift.Interval.High < truth ? 1 : 0;
            told += uplift.IsTold ? 1 : 0;
            width += uplift.Interval.Width / campaigns;
        }

        return new Outcome(new Rate(covered, campaigns), above, below, told, width);
    }

    /// <param name="AboveTruth">Intervals that lie above the true difference.</param>
    private sealed record Outcome(Rate Covered, int AboveTruth, int BelowTruth, int Told, double MeanWidth);

    private sealed record Setting(int Strata, int Customers, double BaseRate, double Effect)
    {
        internal int Controls => (int)Math.Round(ControlShare * Customers);

        /// <summary>By the strata's target customers, whose sizes differ by one at most.</summary>
        internal double TrueDifference => Enumerable.Range(0, Strata).Sum(place => Effect * Weight(place) * Part(Customers - Controls, place)) / (Customers - Controls);

        internal UpliftStratum[] Draw(ref SeededRandom random)
        {
            var strata = new UpliftStratum[Strata];
            for (var place = 0; place < Strata; place++)
            {
                strata[place] = new UpliftStratum(
                    Responses(Part(Customers - Controls, place), (BaseRate + Effect) * Weight(place), ref random),
                    Responses(Part(Controls, place), BaseRate * Weight(place), ref random));
            }

            return strata;
        }

        private double Weight(int place) => Strata == 1 ? 1 : 1.75 - (1.5 * place / (Strata - 1));

        private int Part(int count, int place) => (count * (place + 1) / Strata) - (count * place / Strata);

        private static Rate Responses(int count, double rate, ref SeededRandom random)
        {
            var responses = 0;
            for (var i = 0; i < count; i++)
            {
                responses += random.NextShare() < rate ? 1 : 0;
            }

            return new Rate(responses, count);
        }
    }
}
