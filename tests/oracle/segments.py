#!/usr/bin/python3
"""
Reference for segments from scikit-learn, pandas and statsmodels, on an invented sample of its own: the best split of a tree of one level,
standardised differences, medians, lifts with a bootstrap of their standard error, Wilson intervals. Writes segments.json.
"""
import json
import pathlib

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier
from statsmodels.stats.proportion import proportion_confint

ROW_COUNT = 900
random = np.random.default_rng(11)
age = random.integers(18, 80, ROW_COUNT)
savings = np.round(np.exp(random.normal(9, 1.2, ROW_COUNT)), 2).astype(np.float32)
job = random.choice(["clerk", "engineer", "pilot", "teacher"], ROW_COUNT, p=[0.5, 0.2, 0.1, 0.2])
known = random.random(ROW_COUNT) < 0.15
hidden = ~known & (random.random(ROW_COUNT) < np.where(savings > 12000, 0.55, 0.06) + np.where(job == "pilot", 0.2, 0))
typical = ~known & ~hidden
frame = pd.DataFrame({"age": age, "savings": savings.astype(float), "job": job})
# Few values: every one of them is a cut, as for scikit-learn.
tier = np.minimum(savings // 4000, 9).astype(int)
decade = age // 10
normal = ~known


def best_split(values):
    """Of one number column: the first value of the upper side and 'n times the impurity p(1-p) that is taken'."""
    x, y = np.asarray(values, float)[normal].reshape(-1, 1), hidden[normal]
    tree = DecisionTreeClassifier(max_depth=1, min_samples_leaf=30).fit(x, y)
    upper = x[x[:, 0] > tree.tree_.threshold[0], 0].min()
    counts, gini = tree.tree_.n_node_samples, tree.tree_.impurity
    return {"upper": float(upper), "gain": float(counts[0] * gini[0] - counts[1] * gini[1] - counts[2] * gini[2]) / 2}


def difference(first, second):
    """Standardised: numbers."""
    return (first.mean() - second.mean()) / np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)


def share_difference(first, second):
    """Standardised: shares."""
    p, q = first.mean(), second.mean()
    return (p - q) / np.sqrt((p * (1 - p) + q * (1 - q)) / 2)


def lift(group, members):
    """With the standard error of its logarithm by 4,000 bootstrap samples of all rows."""
    count = len(group)
    both = group & members
    drawn = random.multinomial(count, np.array([both.sum(), (group & ~members).sum(), (~group & members).sum(), (~group & ~members).sum()]) / count, 4000)
    a, b, c, _ = drawn.T
    log = np.log(a * count / ((a + b) * (a + c)))
    return {"both": int(both.sum()), "group": int(group.sum()), "members": int(members.sum()), "all": count,
            "lift": float(both.sum() * count / (group.sum() * members.sum())), "bootstrapLogError": float(log.std(ddof=1))}


groups = {"known": known, "hidden": hidden, "typical": typical}
json.dump({
    "tier": tier.tolist(), "decade": decade.tolist(), "age": age.tolist(), "savings": [float(value) for value in savings], "job": job.tolist(),
    "group": np.where(known, "known", np.where(hidden, "hidden", "typical")).tolist(),
    "split": {"tier": best_split(tier), "decade": best_split(decade)},
    "medians": {name: {group: float(np.sort(frame[name][rows])[(rows.sum() - 1) // 2]) for group, rows in groups.items()} for name in ["age", "savings"]},
    "differences": {
        other: {**{name: float(difference(frame[name][hidden], frame[name][groups[other]])) for name in ["age", "savings"]},
                "pilot": float(share_difference(job[hidden] == "pilot", job[groups[other]] == "pilot"))}
        for other in ["known", "typical"]},
    "lifts": [lift((savings > 12000)[normal], hidden[normal]), lift((job == "pilot")[normal], hidden[normal]), lift((age < 30)[normal], hidden[normal])],
    "wilson": dict(zip(["low", "high"], map(float, proportion_confint(int((hidden & (savings > 12000)).sum()), int((normal & (savings > 12000)).sum()), method="wilson")))),
}, open(pathlib.Path(__file__).parent / "segments.json", "w"), indent=None)
