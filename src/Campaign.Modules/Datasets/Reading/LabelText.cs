using System.Globalization;
using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>When two spellings of a recorded class are the same class: without case, outer spaces and runs of spaces; 1 and 1.0 are one.</summary>
internal static class LabelText
{
    public static string Key(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }

        var words = text.Normalize(NormalizationForm.FormKC).Split((char[])[' ', '_', '\t', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(' ', words).ToLowerInvariant();
    }
}
