#!/usr/bin/python3
"""Reference for RankingMetrics, WilsonInterval and BinomialTail from scikit-learn and scipy. Writes metrics.json."""
import json
import os

import numpy as np
import pandas as pd
from scipy.stats import beta, binom, norm
from sklearn.metrics import average_precision_score, roc_auc_score

HERE = os.path.dirname(os.path.abspath(__file__))
sample = pd.read_csv(os.path.join(HERE, "sample.csv"))
affluent = sample.segment == "affluent"


def wilson(count, out_of):
    z = norm.ppf(0.975)
    share = count / out_of
    centre = (share + z * z / (2 * out_of)) / (1 + z * z / out_of)
    half = z / (1 + z * z / out_of) * np.sqrt(share * (1 - share) / out_of + z * z / (4 * out_of * out_of))
    return [centre - half, centre + half]


def least_kept(known, recall, confidence):
    return int(next(k for k in range(known + 1) if beta.ppf(1 - confidence, k, known - k + 1) >= recall))


tails = [(1, 1, 0.3), (5, 10, 0.5), (0, 7, 0.2), (7, 7, 0.9), (199, 200, 0.95), (962, 1000, 0.95), (4776, 5000, 0.95), (90_500, 100_000, 0.9),
         (900_800, 1_000_000, 0.9), (9_001_560, 10_000_000, 0.9), (9_500_000, 10_000_000, 0.95), (9_499_000, 10_000_000, 0.95),
         (20, 10_000_000, 1e-6), (3, 1000, 0.01), (40, 1000, 0.01), (999_999, 1_000_000, 0.999999)]
json.dump({
    "auc": roc_auc_score(affluent, sample.products),
    "averagePrecision": average_precision_score(affluent, sample.products),
    "tails": [{"successes": k, "trials": n, "probability": p, "atLeast": float(binom.sf(k - 1, n, p))} for k, n, p in tails],
    "wilson": [{"count": k, "outOf": n, "low": wilson(k, n)[0], "high": wilson(k, n)[1]} for k, n in [(1, 10), (29, 100), (500, 1000), (7, 12)]],
    "leastKept": [{"known": n, "recall": r, "confidence": c, "kept": least_kept(n, r, c)}
                  for n, r, c in [(59, 0.95, 0.95), (100, 0.95, 0.95), (200, 0.95, 0.95), (500, 0.95, 0.95), (1000, 0.95, 0.95), (5000, 0.95, 0.95),
                                  (29, 0.9, 0.95), (1234, 0.9, 0.99), (724, 0.8, 0.9)]],
}, open(os.path.join(HERE, "metrics.json"), "w"), indent=1)
