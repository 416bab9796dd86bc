using System.Security.Cryptography;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.TargetLists.Receipts;

public enum CheckState
{
    Same,
    Changed,

    /// <summary>Nothing to compare with.</summary>
    NotThere,
}

/// <summary>One thing that a receipt names, held against one file.</summary>
/// <param name="What">For example 'data file'.</param>
/// <param name="Where">The file, or why there is none.</param>
public sealed record CheckLine(CheckState State, string What, string Where);

/// <summary>
/// Holds a whole receipt against the files that it names, wherever they are found: beside it, in a data folder, and where a person says.
/// Reads files only; no database, no network.
/// </summary>
public sealed class ReceiptCheck
{
    private const string ModelFolder = "model";

    private readonly IReadOnlyList<Named> _named;
    private readonly List<CheckLine> _lines = [];
    private readonly HashSet<Named> _found = [];
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);

    private ReceiptCheck(ReceiptContent content) => _named =
    [
        new("data file", null, content.Dataset.Fingerprint),
        .. content.Model.Files.Select(file => new Named("model", file.Key, file.Value)),
        new("members of the list", ListMembers.FileName, content.Members.Hash),
        .. content.Files.Select(file => new Named(file.Kind, file.Name, file.Hash)),
        .. content.Outcomes.Select(outcome => new Named($"outcomes of {InWords.Day(outcome.Utc)}", null, outcome.Hash)),
    ];

    /// <param name="path">The receipt's own; files beside it are looked for by the names that it knows.</param>
    /// <param name="with">Files and folders named by a person: every such file must be one of the receipt's, whatever it is called now.</param>
    /// <param name="data">A data folder that may hold the list; null for none.</param>
    /// <returns>One line for each file found, then one for each thing without a file.</returns>
    /// <exception cref="RefusedException">One of <paramref name="with"/> is not there.</exception>
    public static IReadOnlyList<CheckLine> Of(Receipt receipt, string path, IReadOnlyList<string> with, FileStore? data)
    {
        var content = receipt.Content;
        var check = new ReceiptCheck(content);
        foreach (var named in with)
        {
            check.LookWith(named);
        }

        check.LookIn(Path.GetDirectoryName(Path.GetFullPath(path))!, "beside the receipt");
        if (data is not null)
        {
            check.LookInData(content, data);
        }

        foreach (var missing in check._named.Except(check._found))
        {
            check._lines.Add(new(CheckState.NotThere, missing.InWords, "not there to check"));
        }

        if (content.Previous is not null)
        {
            check._lines.Add(data is null || !ListReceipts.FilesOf(data, content.List.Id).Any(file => Receipt.ReadFile(file).Receipt?.Hash == content.Previous)
                ? new(CheckState.NotThere, "receipt before it", "not there to check")
                : new(CheckState.Same, "receipt before it", "in the data folder"));
        }

        return check._lines;
    }

    /// <summary>SHA-256 of a file's bytes, lower-case hex.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private void LookWith(string named)
    {
        if (Directory.Exists(named))
        {
            var before = _lines.Count;
            LookIn(named, $"in {named}");
            if (_lines.Count == before)
            {
                _lines.Add(new(CheckState.Changed, "none of the receipt's files", $"in {named}"));
            }

            return;
        }

        if (!File.Exists(named))
        {
            throw new RefusedException($"There is no file '{named}': check the path after --with.");
        }

        Compare(named, Path.GetFileName(named), "as named");
    }

    /// <summary>In the folder, and in a folder of models in it, what bears a name that the receipt knows.</summary>
    private void LookIn(string folder, string where, Func<string, bool>? only = null)
    {
        foreach (var name in _named.Select(named => named.Name).OfType<string>().Distinct().Where(only ?? (_ => true)))
        {
            // A name comes from a file: it may not lead out of the folder.
            if (Path.GetFileName(name) == name)
            {
                CompareIfThere(Path.Combine(folder, name), where);
                CompareIfThere(Path.Combine(folder, ModelFolder, name), where);
            }
        }
    }

    private void LookInData(ReceiptContent content, FileStore data)
    {
        const string Where = "in the data folder";
        var dataset = data.DatasetFolder(content.Dataset.Id);
        foreach (var source in Directory.Exists(dataset) ? Directory.GetFiles(dataset, "source.*") : [])
        {
            Compare(source, null, Where);
        }

        LookIn(Path.Combine(data.RunFolder(content.Model.RunId), ModelRunCatalog.PackageFolderName), Where);
        var list = data.ListFolder(content.List.Id);
        LookIn(list, Where, content.Approval.By is null ? _ => true : name => name == ListMembers.FileName);
        LookIn(Path.Combine(list, ListCopies.ApprovedFolder), Where, _ => content.Approval.By is not null);
    }

    private void CompareIfThere(string path, string where)
    {
        if (File.Exists(path))
        {
            Compare(path, Path.GetFileName(path), where);
        }
    }

    /// <param name="name">By which it is known if its bytes are not; null for the data file.</param>
    private void Compare(string path, string? name, string where)
    {
        if (!_looked.Add(Path.GetFullPath(path)))
        {
            return;
        }

        var hash = HashOf(path);
        Named[] same = [.. _named.Where(named => named.Hash == hash)];
        Named[] meant = same.Length > 0 ? same : [.. _named.Where(named => name is null ? named == _named[0] : named.Name == name)];
        _found.UnionWith(meant);
        _lines.Add(new(
            same.Length > 0 ? CheckState.Same : CheckState.Changed,
            meant.Length == 0 ? "none of the receipt's files, or changed" : string.Join(", ", meant.Select(named => named.InWords).Distinct()),
            $"{Path.GetFileName(path)}, {where}"));
    }

    private sealed record Named(string What, string? Name, string Hash)
    {
        public string InWords => Name is null || What.Contains(Name, StringComparison.Ordinal) ? What : $"{What} ({Name})";
    }
}
