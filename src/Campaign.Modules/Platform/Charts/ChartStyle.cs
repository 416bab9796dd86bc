namespace Campaign.Modules.Platform.Charts;

/// <summary>The style sheets of the screen, for documents that carry their own: charts look the same in both.</summary>
internal static class ChartStyle
{
    private static readonly Lazy<string> PaletteText = new(() => Read("palette.css"));
    private static readonly Lazy<string> ChartsText = new(() => Read("charts.css"));

    /// <summary>The colours that <see cref="Charts"/> names, light and dark.</summary>
    public static string Palette => PaletteText.Value;

    public static string Charts => ChartsText.Value;

    private static string Read(string name)
    {
        using var stream = typeof(ChartStyle).Assembly.GetManifestResourceStream("Ui." + name)
            ?? throw new InvalidOperationException($"The style sheet {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
