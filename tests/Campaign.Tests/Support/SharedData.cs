using Xunit;

namespace Campaign.Tests.Support;

/// <summary>Sample files that lie beside the checkout, in a sibling folder <c>shared</c>; not part of the product.</summary>
public static class SharedData
{
    public const string AbsentReason = "the sample files (a folder shared/data beside the checkout) are not here";

    /// <summary>Null where the files are not there.</summary>
    public static string? Folder { get; } = Find();

    /// <param name="name">For example <c>data/etb_sample.csv</c>.</param>
    public static string PathOf(string name) => Path.Combine(Folder ?? throw new InvalidOperationException(AbsentReason), name);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data")))
            {
                return Path.Combine(folder.FullName, "shared");
            }
        }

        return null;
    }
}

/// <summary>A fact that reads <see cref="SharedData"/>: skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.Folder is null ? SharedData.AbsentReason : null;
}

/// <summary>A theory that reads <see cref="SharedData"/>: skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.Folder is null ? SharedData.AbsentReason : null;
}
