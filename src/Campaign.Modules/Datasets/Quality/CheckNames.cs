namespace Campaign.Modules.Datasets.Quality;

/// <summary>The checks whose finding leaving the column out mends.</summary>
internal static class CheckNames
{
    public const string GivesClassAway = "column-gives-class-away";
    public const string Personal = "column-personal";
    public const string ManyValues = "column-many-values";
    public const string Constant = "column-constant";
    public const string Blank = "column-blank";

    public static IReadOnlySet<string> MendedByLeavingOut { get; } = new HashSet<string> { GivesClassAway, Personal, ManyValues, Constant, Blank };
}
