namespace Campaign.Tests.Support;

/// <summary>Files of the checkout that the tests were built from.</summary>
public static class RepositoryFiles
{
    private static readonly string Root = Find();

    /// <param name="path">From the root, with slashes.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Campaign.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests don't run from a checkout.");
        }

        return folder.FullName;
    }
}
