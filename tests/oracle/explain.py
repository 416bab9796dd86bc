#!/usr/bin/python3
"""Reference for Explainer, GlobalImportance and FeatureSource.WithChanges: contributions by Python's XGBoost (pred_contribs) of the models of out_of_fold.py. Writes explain.json."""
import json
import os

import numpy as np
import xgboost

from out_of_fold import HERE, MISSING_NUMBER, TYPES, binned, categories, contributions, members, sample, tree_count, values

LEAST_ROWS, MOST_BINS = 20, 10


def rounded(numbers):
    return [round(float(x), 7) for x in numbers]


def interval(numbers):
    half = 1.959963984540054 * numbers.std(ddof=1) / np.sqrt(len(numbers))
    return rounded([numbers.mean(), numbers.mean() - half, numbers.mean() + half])


mean = contributions.mean(axis=0)
by_fold = np.array([np.abs(contributions[repeat, held_out, :4]).mean(axis=0) for repeat, held_out, *_ in members])
ranks = np.argsort(np.argsort(-by_fold, axis=1), axis=1) + 1

# Bins of the balance: about a tenth of the rows that have one, equal values together.
balance = values[:, 0]
order = np.argsort(np.where(np.isnan(balance), np.inf, balance), kind="stable")[: int((~np.isnan(balance)).sum())]
least, start, balance_bins = max(LEAST_ROWS, -(-len(order) // MOST_BINS)), 0, []
for end in range(1, len(order) + 1):
    if (end == len(order) or balance[order[end]] != balance[order[end - 1]]) and end - start >= least:
        balance_bins.append(order[start:end])
        start = end
if len(order) - start >= LEAST_ROWS:
    balance_bins.append(order[start:])
elif start < len(order):
    balance_bins[-1] = np.concatenate([balance_bins[-1], order[start:]])
balance_bins.append(np.flatnonzero(np.isnan(balance)))
job_bins = {name: np.flatnonzero(values[:, 3] == code) for code, name in enumerate(categories)}

# One row each with other values: by the models that held it out.
CHANGES = [(3, {0: 5000.0, 3: float(categories.index("MANAGER"))}), (7, {2: np.nan}), (11, {1: 6.0, 3: np.nan})]
what_if = []
for row, change in CHANGES:
    cells = binned[row : row + 1].copy()
    for column, value in change.items():
        cells[0, column] = value if not np.isnan(value) else len(categories) if TYPES[column] == "c" else MISSING_NUMBER
    changed = xgboost.DMatrix(cells, feature_types=TYPES, enable_categorical=True)
    own = [model for _, held_out, model, _ in members if held_out[row]]
    what_if.append({
        "row": row,
        "logOdds": round(float(np.mean([model.predict(changed, iteration_range=(0, tree_count), output_margin=True)[0] for model in own])), 7),
        "contributions": rounded(np.mean([model.predict(changed, iteration_range=(0, tree_count), pred_contribs=True)[0] for model in own], axis=0)),
    })

json.dump({
    "xgboost": xgboost.__version__,
    "contributions": [rounded(row) for row in mean],
    "meanSizes": rounded(np.abs(mean[:, :4]).mean(axis=0)),
    "lowestFold": rounded(by_fold.min(axis=0)),
    "highestFold": rounded(by_fold.max(axis=0)),
    "bestRank": [int(x) for x in ranks.min(axis=0)],
    "worstRank": [int(x) for x in ranks.max(axis=0)],
    "balanceBins": [{"rows": len(rows), "mean": interval(mean[rows, 0])} for rows in balance_bins],
    "jobBins": {name: {"rows": len(rows), "mean": interval(mean[rows, 3])} for name, rows in job_bins.items()},
    "whatIf": what_if,
}, open(os.path.join(HERE, "explain.json"), "w"))
print({name: len(rows) for name, rows in job_bins.items()}, [len(rows) for rows in balance_bins])
