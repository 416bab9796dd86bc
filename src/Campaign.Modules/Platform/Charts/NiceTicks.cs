namespace Campaign.Modules.Platform.Charts;

/// <summary>Round numbers for an axis: 1, 2 or 5 times a power of ten apart.</summary>
internal static class NiceTicks
{
    /// <summary>
    /// From the last one at or below <paramref name="from"/> to the first at or above <paramref name="to"/>, ascending, at least two. What is
    /// no finite range becomes 0 to 1; a range of one number is widened to the next round one.
    /// </summary>
    /// <param name="about">The steps to come near to; never more than twice as many.</param>
    public static double[] Around(double from, double to, int about = 4)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from > to)
        {
            (from, to) = (0, 1);
        }

        if (from == to)
        {
            to = from + Math.Max(1, Math.Abs(from));
        }

        var raw = (to - from) / about;
        var power = Math.Floor(Math.Log10(raw));
        var scale = Math.Pow(10, power);
        var factor = (raw / scale) switch { <= 1.0000001 => 1, <= 2.0000001 => 2, <= 5.0000001 => 5, _ => 10 };
        var digits = (int)Math.Clamp(-power, 0, 15);

        // Whole multiples of the step, so that no tick collects the rounding of those before it.
        var first = (long)Math.Floor((from / scale / factor) + 1e-9);
        var last = Math.Max(first + 1, (long)Math.Ceiling((to / scale / factor) - 1e-9));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(step => Math.Round((first + step) * factor * scale, digits))];
    }
}
