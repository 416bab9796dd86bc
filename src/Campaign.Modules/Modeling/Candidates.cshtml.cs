using Campaign.Learning.Candidates;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

/// <summary>The leaderboard of a finished run, and the trials of its search, up to six side by side.</summary>
[Authorize(Policy = Access.Read)]
public sealed class CandidatesModel(ModelRunCatalog catalog) : PageModel
{
    public const int MostSideBySide = 6;

    /// <summary>Numbers of the trials to compare.</summary>
    [BindProperty(SupportsGet = true)]
    public int[] Trial { get; set; } = [];

    public ModelRunSummary Run { get; private set; } = null!;

    public RunResults Results { get; private set; } = null!;

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<TuningTrial> Compared { get; private set; } = [];

    /// <summary>The trial whose settings the run's boosted trees have; null without a search.</summary>
    public int? BestTrial { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Results is not { } results)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        (Run, Results) = (run, results);
        BestTrial = results.Trials.Count == 0 ? null : TuningSearch.Best(results.Trials).Number;
        var asked = Trial.Distinct().ToHashSet();
        Compared = [.. results.Trials.Where(trial => asked.Contains(trial.Number))];
        if (Compared.Count > MostSideBySide)
        {
            Refusal = $"At most {MostSideBySide} trials fit side by side: these are the first {MostSideBySide} of the {Compared.Count} that you chose.";
            Compared = [.. Compared.Take(MostSideBySide)];
        }

        return Page();
    }

    /// <summary>The settings that the search draws, under XGBoost's own names, with their value in each compared trial.</summary>
    public IEnumerable<(string Setting, string[] Values)> ComparedSettings() => TuningSearch.Space.Keys.Select(name => (name, Compared.Select(trial => SettingOf(trial, name)).ToArray()));

    /// <summary>The settings in one line.</summary>
    public static string SettingsOf(TuningTrial trial) => string.Join(", ", TuningSearch.Space.Keys.Select(name => $"{name} {SettingOf(trial, name)}"));

    private static string SettingOf(TuningTrial trial, string name) => trial.Recipe.Parameters(0).TryGetValue(name, out var value) ? value : InWords.Count(trial.Recipe.AffluentWeight);
}
