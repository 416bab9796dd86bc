namespace Campaign.Tests.Architecture;

/// <summary>
/// Which module may use which. A module sees another's <c>Contracts</c> only; the platform is open to all and uses none. A module that is
/// not in the table may not exist; one in the table need not exist yet.
/// </summary>
internal static class ModuleBoundaries
{
    private const string Platform = "Platform";

    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = new Dictionary<string, string[]>
    {
        [Platform] = [],
        ["Datasets"] = [],
        ["Modeling"] = ["Datasets"],
        ["Segments"] = ["Datasets", "Modeling"],
        ["TargetLists"] = ["Datasets", "Modeling", "Segments"],
        ["Monitoring"] = ["Datasets", "Modeling", "TargetLists"],
        ["Scoring"] = ["Modeling"],
        ["Governance"] = ["Datasets", "Modeling", "Segments", "TargetLists", "Monitoring", "Scoring"],
    };

    /// <summary>One sentence for each reference that the table forbids, in order.</summary>
    /// <param name="root">The namespace that holds the modules, <c>Campaign.Modules</c>.</param>
    public static IReadOnlyList<string> Breaches(IEnumerable<TypeReference> references, string root) =>
        [.. references.Select(reference => Breach(reference, root)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static string? Breach(TypeReference reference, string root)
    {
        var from = ModuleOf(reference.From, root);
        if (from is null)
        {
            return null;
        }

        if (!MayUse.TryGetValue(from, out var allowed))
        {
            return $"{from} is not in the table of modules";
        }

        var to = ModuleOf(reference.To, root);
        if (to is null || to == from || to == Platform)
        {
            return null;
        }

        return !allowed.Contains(to)
            ? $"{from} may not use {to}: {reference.From} names {reference.To}"
            : !reference.To.StartsWith($"{root}.{to}.Contracts.", StringComparison.Ordinal)
                ? $"{from} reaches past {to}'s contracts: {reference.From} names {reference.To}"
                : null;
    }

    /// <summary>
    /// The first part of the namespace after the root; for a compiled page, whose class lies in a namespace of its own, the first part of
    /// the class's name, which is its path. Null for what belongs to no module.
    /// </summary>
    private static string? ModuleOf(string type, string root)
    {
        const string Pages = "AspNetCoreGeneratedDocument.";
        if (type.StartsWith(Pages, StringComparison.Ordinal))
        {
            var path = type[Pages.Length..].Split('_');
            return path.Length > 1 && path[0].Length > 0 ? path[0] : null;
        }

        if (!type.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = type[(root.Length + 1)..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }
}
