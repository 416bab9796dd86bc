namespace Campaign.Modules.Platform.Charts;

/// <summary>One direction of a chart, with the marks' positions in its own unit.</summary>
/// <param name="Title">What it measures, with its unit; empty where the direction means nothing.</param>
/// <param name="From">The position at its beginning.</param>
/// <param name="To">The position at its end, more than <paramref name="From"/>.</param>
/// <param name="Ticks">Ascending. Along the bottom those are left out whose text would run into the one before, unless <see cref="NamesAll"/>.</param>
internal sealed record ChartAxis(string Title, double From, double To, IReadOnlyList<ChartTick> Ticks)
{
    /// <summary>Lines across the plot at the ticks.</summary>
    public bool HasGrid { get; init; }

    /// <summary>Every tick is written: slanted where the bottom has no room, cut where the side has none.</summary>
    public bool NamesAll { get; init; }

    /// <summary>On the side: begins at the top.</summary>
    public bool RunsDown { get; init; }

    /// <summary>Round ticks that take in both ends.</summary>
    public static ChartAxis Numbers(string title, double from, double to, Func<double, string> text, int about = 4)
    {
        var ticks = NiceTicks.Around(from, to, about);
        return new(title, ticks[0], ticks[^1], [.. ticks.Select(tick => new ChartTick(tick, text(tick)))]) { HasGrid = true };
    }

    /// <summary>Shares from 0 to the round one at or above <paramref name="highest"/>, as percentages; never beyond 1.</summary>
    public static ChartAxis Shares(string title, double highest)
    {
        double[] ticks = [.. NiceTicks.Around(0, double.IsNaN(highest) ? 1 : Math.Clamp(highest, 0.001, 1), highest > 0.6 ? 5 : 4).Where(tick => tick <= 1)];
        return new(title, 0, ticks[^1], [.. ticks.Select(tick => new ChartTick(tick, InWords.ShortPercent(tick)))]) { HasGrid = true };
    }

    /// <summary>One unit a name; the name stands in its middle.</summary>
    public static ChartAxis Names(string title, IReadOnlyList<string> names) =>
        new(title, 0, Math.Max(1, names.Count), [.. names.Select((name, place) => new ChartTick(place + 0.5, name))]) { NamesAll = true, RunsDown = true };

    /// <summary>One unit a bin, as wide as every other; the texts stand at the edges. An empty text is an edge without one.</summary>
    /// <param name="edges">One more than there are bins.</param>
    public static ChartAxis Edges(string title, IReadOnlyList<string> edges) =>
        new(title, 0, Math.Max(1, edges.Count - 1), [.. edges.Select((edge, place) => new ChartTick(place, edge))]);

    /// <summary>Cells from 0, without ticks: the title says all that can be said.</summary>
    public static ChartAxis Cells(string title, int count) => new(title, 0, Math.Max(1, count), []);
}

internal readonly record struct ChartTick(double At, string Text);
