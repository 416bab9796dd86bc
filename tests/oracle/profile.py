#!/usr/bin/python3
"""Reference for DatasetProfile from numpy, scipy, pandas and scikit-learn, with the invented sample that it is made of. Writes profile.json."""
import json
import os

import numpy as np
import pandas as pd
from scipy.stats import rankdata, skew
from scipy.stats.contingency import association
from sklearn.metrics import roc_auc_score

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 600
rng = np.random.default_rng(7)
affluent = rng.random(ROWS) < 0.2
wealth = rng.normal(size=ROWS) + 1.2 * affluent


def missing(values, share):
    return np.where(rng.random(ROWS) < share, np.nan, values)


numbers = pd.DataFrame({
    "balance": missing(np.exp(6 + 2 * wealth) - 200 * (rng.random(ROWS) < 0.15), 0.03),
    "income": missing(30_000 + 12_000 * wealth + rng.normal(scale=8_000, size=ROWS), np.where(affluent, 0.02, 0.2)),
    "products": missing(np.clip(np.round(2 + wealth + rng.normal(size=ROWS)), 0, 7), 0.1),
    "offset": 1e6 + rng.normal(size=ROWS),
    "since": missing(np.round(12_000 + 2_500 * rng.normal(size=ROWS) - 500 * wealth), 0.05),
    "nothing": np.full(ROWS, np.nan),
    "constant": np.full(ROWS, 0.1),
}).astype(np.float32)
jobs = np.array(["clerk", "doctor", "lawyer", "nurse", "pilot", "teacher"])
job = jobs[np.clip(np.round(2.5 + wealth + rng.normal(scale=1.2, size=ROWS)), 0, 5).astype(int)].astype(object)
job[rng.random(ROWS) < 0.08] = None
town = np.array([f"town {i:02}" for i in range(35)], dtype=object)[np.minimum(rng.geometric(0.08, ROWS) - 1, 34)]
region = np.where(rng.random(ROWS) < 0.5, "north", np.where(rng.random(ROWS) < 0.5, "south", "west")).astype(object)
categories = pd.DataFrame({"job": job, "town": town, "region": region})


def finite(value):
    return float(value) if np.isfinite(value) else "NaN"


def eta(values, groups):
    frame = pd.DataFrame({"v": values, "g": groups}).dropna()
    if frame.g.nunique() < 2 or frame.v.nunique() < 2:
        return np.nan
    mean = frame.v.mean()
    between = sum(len(part) * (part.mean() - mean) ** 2 for _, part in frame.v.groupby(frame.g))
    return np.sqrt(between / ((frame.v - mean) ** 2).sum())


def cramer(left, right):
    table = pd.crosstab(left, right)
    return association(table.values, method="cramer") if min(table.shape) > 1 else np.nan


def auc(values):
    filled = [np.where(np.isnan(values), place, values) for place in (-1e30, 1e30)]
    areas = [roc_auc_score(affluent, one) for one in filled]
    return max(max(area, 1 - area) for area in areas)


described = {}
for name, cells in numbers.items():
    exact = cells.astype(float)
    present = exact.dropna()
    varies = present.nunique() > 1
    described[name] = {
        "present": [int((cells.notna() & ~affluent).sum()), int((cells.notna() & affluent).sum())],
        "minimum": finite(present.min()), "maximum": finite(present.max()), "mean": finite(present.mean()),
        "standardDeviation": finite(present.std(ddof=0)) if varies or present.empty else 0.0,
        "skewness": finite(skew(present)) if varies else "NaN",
        "quantiles": [[finite(np.quantile(part, share, method="inverted_cdf")) if len(part) else "NaN" for share in (.01, .05, .25, .5, .75, .95, .99)]
                      for part in (present, present[~affluent[present.index]], present[affluent[present.index]])],
        "auc": auc(exact.to_numpy()), "classAssociation": finite(eta(exact, affluent)),
    }
for name, cells in categories.items():
    described[name] = {"present": [int((cells.notna() & ~affluent).sum()), int((cells.notna() & affluent).sum())],
                       "classAssociation": finite(cramer(cells, affluent))}

# Values beyond the 20 most frequent, ties by text, are one more value.
counts = categories.town.value_counts().rename_axis("value").reset_index(name="rows").sort_values(["rows", "value"], ascending=[False, True])
kept = set(counts.value.iloc[:20])
capped = categories.assign(town=[value if value in kept else "(others)" for value in categories.town])
names = list(numbers) + list(categories)
correlation = numbers.astype(float).corr()
matrix = []
for left in names:
    for right in names:
        if left == right:
            value = 1.0
        elif left in numbers and right in numbers:
            value = np.nan if "constant" in (left, right) else correlation.loc[left, right]
        elif left in categories and right in categories:
            value = cramer(capped[left], capped[right])
        else:
            number, category = (left, right) if left in numbers else (right, left)
            value = eta(numbers[number].astype(float), capped[category])
        matrix.append(finite(value))

# Principal components: ranks with variance 1, missing at the mean; values as (y - p) / sqrt(p), those of 1 % and more, ten at most.
dimensions, sources = [], []
for name in names:
    if name in numbers:
        values = numbers[name].to_numpy(dtype=float)
        here = ~np.isnan(values)
        if here.any() and len(np.unique(values[here])) > 1:
            ranks = (rankdata(values[here]) - 0.5) / here.sum() - 0.5
            full = np.zeros(ROWS)
            full[here] = ranks / ranks.std()
            dimensions.append(full)
            sources.append(name)
        gone = ~here
    else:
        rows = categories[name].value_counts().rename_axis("value").reset_index(name="rows").sort_values(["rows", "value"], ascending=[False, True])
        for value, count in rows.iloc[:10].itertuples(index=False):
            if count >= max(5, 0.01 * ROWS):
                dimensions.append(((categories[name] == value).to_numpy() - count / ROWS) / np.sqrt(count / ROWS))
                sources.append(name)
        gone = categories[name].isna().to_numpy()
    if 0.05 <= gone.mean() < 1:
        dimensions.append((gone - gone.mean()) / np.sqrt(gone.mean()))
        sources.append(name)
points = np.array(dimensions).T
centred = points - points.mean(axis=0)
_, lengths, directions = np.linalg.svd(centred / np.sqrt(ROWS), full_matrices=False)
variances = lengths ** 2
axes = []
for axis in range(2):
    weights = directions[axis]
    sizes = {name: float(np.sqrt(variances[axis] * sum(w * w for w, s in zip(weights, sources) if s == name))) for name in dict.fromkeys(sources)}
    strongest = sorted(sizes, key=sizes.get, reverse=True)[:5]
    axes.append({"explainedShare": float(variances[axis] / variances.sum()), "columns": strongest, "sizes": [sizes[name] for name in strongest]})

json.dump({
    "affluent": affluent.tolist(),
    "numbers": {name: [finite(value) for value in cells] for name, cells in numbers.items()},
    "categories": {name: list(cells) for name, cells in categories.items()},
    "columns": described, "names": names, "associations": matrix, "axes": axes,
}, open(os.path.join(HERE, "profile.json"), "w"))
