namespace Campaign.Learning.Segments;

/// <summary>Cut points that people can say: near the quantiles, as round as the distance to the neighbouring ones allows.</summary>
internal static class RoundCuts
{
    private const int MostDigits = 9;

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>At most <paramref name="bandCount"/> - 1 cuts, ascending, all different, each with values below and with values at or above it.</summary>
    /// <param name="sorted">Rising, no NaN.</param>
    /// <param name="bandCount">At least 1.</param>
    /// <param name="areDays">Days since 1970: cut at the first day of a year or month where one lies near.</param>
    public static float[] Of(ReadOnlySpan<float> sorted, int bandCount, bool areDays)
    {
        var cuts = new List<float>();
        if (sorted.Length == 0)
        {
            return [];
        }

        var whole = true;
        foreach (var value in sorted)
        {
            whole = whole && value == MathF.Truncate(value);
        }

        for (var band = 1; band < bandCount; band++)
        {
            double before = At(sorted, band - 1, bandCount), here = At(sorted, band, bandCount), after = At(sorted, band + 1, bandCount);
            double low = (before + here) / 2, high = (here + after) / 2;
            var cut = areDays ? RoundDay(low, here, high) : Roundest(low, here, high);
            var written = (float)(whole ? Math.Ceiling(cut) : cut);
            if (written > sorted[0] && written <= sorted[^1] && (cuts.Count == 0 || written > cuts[^1]))
            {
                cuts.Add(written);
            }
        }

        return [.. cuts];
    }

    /// <summary>The number above <paramref name="low"/> and up to <paramref name="high"/> that is a multiple of the largest 1, 2 or 5 times a power of ten; of several the nearest to <paramref name="near"/>.</summary>
    internal static double Roundest(double low, double near, double high)
    {
        if (!(low < high))
        {
            return near;
        }

        if (low < 0 && high >= 0)
        {
            return 0;
        }

        var highest = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high))));
        for (var power = highest; power >= highest - MostDigits; power--)
        {
            foreach (var factor in (ReadOnlySpan<double>)[5, 2, 1])
            {
                var step = factor * Math.Pow(10, power);
                var nearest = Math.Round(near / step) * step;
                var first = (Math.Floor(low / step) + 1) * step;
                if (nearest > low && nearest <= high)
                {
                    return nearest;
                }

                if (first > low && first <= high)
                {
                    return first;
                }
            }
        }

        return near;
    }

    private static double RoundDay(double low, double near, double high)
    {
        var day = Epoch.AddDays((int)Math.Floor(high));
        foreach (var round in (ReadOnlySpan<DateOnly>)[new(day.Year, 1, 1), new(day.Year, day.Month, 1)])
        {
            double number = round.DayNumber - Epoch.DayNumber;
            if (number > low && number <= high)
            {
                return number;
            }
        }

        return near;
    }

    private static float At(ReadOnlySpan<float> sorted, int band, int bandCount) =>
        sorted[(int)Math.Min(sorted.Length - 1, (long)sorted.Length * band / bandCount)];
}
