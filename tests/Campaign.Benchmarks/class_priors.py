#!/usr/bin/python3
"""
Other estimates of the number of hidden affluents, on the scores that the case `hidden` leaves in the folder of CAMPAIGN_BENCHMARK_CSV.
usage: class_priors.py FOLDER. Prints, by cell, the mean of the estimated over the true number, and the log-loss of calibrations.

e1, e3: Elkan and Noto (2008), mean over the known affluents and maximum of isotonic out-of-fold probabilities.
bound: the highest one-sided 95 % Wilson bound of the recorded share over all tops of at least 20 rows, in the way of TIcE (Bekker and Davis 2018).
penL1: du Plessis, Niu and Sugiyama (2015) on the ranks of the scores, 40 Gaussian kernels, width and penalty by 5-fold cross-validation.
ceiling: c / (1 + e^-(a + b z)) by maximum likelihood (the ceiling of Jaskie et al. 2020).
"""
import glob
import os
import re
import sys

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression


def cross_fit(z, s, fold, isotonic):
    p = np.zeros(len(z))
    for k in np.unique(fold):
        a = fold != k
        if isotonic:
            p[~a] = IsotonicRegression(out_of_bounds="clip").fit(np.r_[z[a], z[a].min(), z[a].max()], np.r_[s[a], 1, 0]).predict(z[~a])
        else:
            p[~a] = LogisticRegression(C=1e6).fit(z[a, None], s[a]).predict_proba(z[~a, None])[:, 1]
    return p


def log_loss(p, s):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return -np.mean(s * np.log(p) + (1 - s) * np.log(1 - p))


def bound(z, s, q=1.645):
    k = np.arange(1, len(z) + 1)
    p = np.cumsum(s[np.argsort(-z, kind="stable")]) / k
    low = (p + q * q / 2 / k - q * np.sqrt(p * (1 - p) / k + q * q / 4 / k / k)) / (1 + q * q / k)
    return low[19:].max()


def pen_l1(z, s):
    u = pd.Series(z).rank(pct=True).to_numpy()
    known, centres, random = u[s == 1], np.linspace(0, 1, 40), np.random.default_rng(0)
    known_fold, fold = random.integers(0, 5, len(known)), random.integers(0, 5, len(u))
    best = (np.inf,)
    for width in (.03, .06, .12, .25):
        a, b = (np.exp(-(x[:, None] - centres) ** 2 / 2 / width ** 2) for x in (known, u))
        for penalty in (.001, .003, .01, .03, .1):
            loss = 0
            for k in range(5):
                for prior in (.1, .2, .3, .5, .7):
                    alpha = np.maximum(0, prior * a[known_fold != k].mean(0) - b[fold != k].mean(0)) / penalty
                    loss += penalty / 2 * (alpha ** 2).sum() - (alpha * (prior * a[known_fold == k].mean(0) - b[fold == k].mean(0))).sum()
            if loss < best[0]:
                best = loss, a.mean(0), b.mean(0), penalty
    priors = np.linspace(.01, 1, 100)
    return priors[np.argmin([(np.maximum(0, prior * best[1] - best[2]) ** 2).sum() / best[3] - prior + 1 for prior in priors])]


def ceiling(z, s):
    def loss(t):
        p = 1 / (1 + np.exp(-t[0])) / (1 + np.exp(-(t[1] + np.exp(t[2]) * z)))
        return log_loss(p, s)
    best = min((minimize(loss, [start, 0, 0], method="BFGS") for start in (0, 1.5, 3)), key=lambda found: found.fun)
    return 1 / (1 + np.exp(-best.x[0]))


rows = []
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.csv"))):
    d = pd.read_csv(path)
    z, s, fold, hidden = d.log_odds.to_numpy(), d.recorded.to_numpy(), d.fold.to_numpy(), (d.truth - d.recorded).sum()
    isotonic, platt = cross_fit(z, s, fold, True), cross_fit(z, s, fold, False)
    raw = log_loss(1 / (1 + np.exp(-z)), s)

    def ratio(share):
        return s.sum() * (1 / share - 1) / hidden

    rows.append({
        "cell": re.sub(r"-\d+\.csv$", "", os.path.basename(path)), "known": s.sum(), "hidden": hidden,
        "e1": ratio(isotonic[s == 1].mean()), "e3": ratio(isotonic.max()), "bound": ratio(bound(z, s)),
        "penL1": (pen_l1(z, s) * len(z) - s.sum()) / hidden, "ceiling": ratio(ceiling(z, s)),
        "log-loss": raw, "platt - raw": log_loss(platt, s) - raw, "isotonic - raw": log_loss(isotonic, s) - raw})
pd.set_option("display.width", 250)
print(pd.DataFrame(rows).groupby("cell").mean().round(4).to_string())
