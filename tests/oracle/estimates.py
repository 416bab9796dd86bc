#!/usr/bin/python3
"""
Reference for calibration, intervals and comparisons of rates from scikit-learn, scipy and statsmodels, and DeLong's variance written out from
the paper's kernel (every pair of rows). Writes estimates.json with its own invented sample.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

ROW_COUNT = 400
random = np.random.default_rng(5)
truth = random.normal(-1.5, 1.5, ROW_COUNT)
# One decimal: many ties.
log_odds = np.round(truth * 1.3 + random.normal(0, 0.5, ROW_COUNT), 1)
affluent = random.random(ROW_COUNT) < 1 / (1 + np.exp(-truth))
customers = np.sort(random.integers(0, 250, ROW_COUNT))
customers = np.unique(customers, return_inverse=True)[1]


def isotonic():
    """One imagined row of the other class at either end."""
    x = np.r_[log_odds, log_odds.min(), log_odds.max()]
    y = np.r_[affluent, 1, 0]
    model = IsotonicRegression(out_of_bounds="clip").fit(x, y)
    at = np.r_[-20, np.linspace(-7, 7, 57), 20]
    return {"at": at.tolist(), "probability": model.predict(at).tolist()}


def rising():
    values, weights = random.normal(0, 1, 60) + np.linspace(0, 2, 60), random.integers(1, 9, 60).astype(float)
    fitted = IsotonicRegression().fit(np.arange(60), values, sample_weight=weights).predict(np.arange(60))
    return {"values": values.tolist(), "weights": weights.tolist(), "fitted": fitted.tolist()}


def platt(x, y):
    high, low = (y.sum() + 1) / (y.sum() + 2), 1 / ((~y).sum() + 2)
    target = np.where(y, high, low)

    def loss(p):
        z = p[0] * x + p[1]
        return np.sum(np.logaddexp(0, z) - target * z)

    def gradient(p):
        error = 1 / (1 + np.exp(-(p[0] * x + p[1]))) - target
        return np.array([np.sum(error * x), np.sum(error)])

    found = minimize(loss, [1, 0], jac=gradient, method="BFGS", options={"gtol": 1e-10}).x
    return {"slope": found[0], "intercept": found[1]}


def delong(scores, positive, cluster=None):
    a, b = scores[positive], scores[~positive]
    kernel = (a[:, None] > b[None]) + 0.5 * (a[:, None] == b[None])
    auc, v10, v01 = kernel.mean(), kernel.mean(1), kernel.mean(0)
    if cluster is None:
        variance = v10.var(ddof=1) / len(a) + v01.var(ddof=1) / len(b)
    else:
        parts = np.zeros(cluster.max() + 1)
        np.add.at(parts, cluster[positive], (v10 - auc) / len(a))
        np.add.at(parts, cluster[~positive], (v01 - auc) / len(b))
        variance = np.sum(parts ** 2) * len(parts) / (len(parts) - 1)
    error = np.sqrt(variance)
    logit, half = np.log(auc / (1 - auc)), norm.ppf(0.975) * error / (auc * (1 - auc))
    return {"auc": auc, "standardError": error, "low": 1 / (1 + np.exp(half - logit)), "high": 1 / (1 + np.exp(-half - logit))}


def quality():
    """Distinct probabilities, so that scikit-learn's quantile bins are bins of equal counts."""
    p = 1 / (1 + np.exp(-(truth + random.normal(0, 0.3, ROW_COUNT))))
    observed, predicted = calibration_curve(affluent, p, n_bins=10, strategy="quantile")
    return {"probabilities": p.tolist(), "brier": brier_score_loss(affluent, p), "logLoss": log_loss(affluent, p),
            "error": float(np.mean(np.abs(observed - predicted))), "observed": observed.tolist(), "predicted": predicted.tolist()}


def ratio(k1, n1, k2, n2):
    """Donner and Zou (2012): the square-and-add rule, from statsmodels' Wilson limits."""
    (l1, u1), (l2, u2) = (proportion_confint(k, n, method="wilson") for k, n in ((k1, n1), (k2, n2)))
    p1, p2 = k1 / n1, k2 / n2
    low = (p1 * p2 - np.sqrt((p1 * p2) ** 2 - l1 * u2 * (2 * p1 - l1) * (2 * p2 - u2))) / (u2 * (2 * p2 - u2))
    high = (p1 * p2 + np.sqrt((p1 * p2) ** 2 - u1 * l2 * (2 * p1 - u1) * (2 * p2 - l2))) / (l2 * (2 * p2 - l2))
    return [low, high]


def lift(positive, scores):
    """Of the top tenth, rounded up; rows tied at its edge count in proportion."""
    top = -(-len(scores) // 10)
    edge = np.sort(scores)[-top]
    above, at = scores > edge, scores == edge
    return (positive[above].sum() + positive[at].mean() * (top - above.sum())) / top / positive.mean()


def bootstrap():
    values, lifts, rows_of = [], [], [np.flatnonzero(customers == c) for c in range(customers.max() + 1)]
    for _ in range(4000):
        rows = np.concatenate([rows_of[c] for c in random.integers(0, len(rows_of), len(rows_of))])
        values.append(average_precision_score(affluent[rows], log_odds[rows]))
        lifts.append(lift(affluent[rows], log_odds[rows]))
    return {"averagePrecision": np.quantile(values, [0.025, 0.975]).tolist(), "liftTopDecile": np.quantile(lifts, [0.025, 0.975]).tolist()}


def jackknife():
    """Average precision and its infinitesimal jackknife's standard error by customer: scikit-learn's value with each customer's weight moved a little."""
    step, moved = 1e-4, []
    for c in range(customers.max() + 1):
        up, down = np.where(customers == c, 1 + step, 1.0), np.where(customers == c, 1 - step, 1.0)
        moved.append((average_precision_score(affluent, log_odds, sample_weight=up) - average_precision_score(affluent, log_odds, sample_weight=down)) / (2 * step))
    return {"value": average_precision_score(affluent, log_odds), "standardError": float(np.sqrt(np.sum(np.square(moved)) * len(moved) / (len(moved) - 1)))}


def lift_interval():
    """By the customers' influence on the share of affluents in the top tenth, whose cut moves with the weights."""
    top = -(-ROW_COUNT // 10)
    falling = np.sort(log_odds)[::-1]
    inside = (log_odds > falling[top - 1]) * 1.0
    tied = log_odds == falling[top - 1]
    inside[tied] = (top - inside.sum()) / tied.sum()
    recall = (affluent * inside).sum() / affluent.sum()
    near = -(-ROW_COUNT // 100)
    precision = affluent[(log_odds <= falling[top - near]) & (log_odds >= falling[top + near - 1])].mean()
    parts = np.bincount(customers, (affluent * (inside - recall) - precision * (inside - top / ROW_COUNT)) / affluent.sum())
    error = np.sqrt(np.sum(parts ** 2) * len(parts) / (len(parts) - 1))
    logit, half, scale = np.log(recall / (1 - recall)), norm.ppf(0.975) * error / (recall * (1 - recall)), ROW_COUNT / top
    return {"value": recall * scale, "standardError": error * scale, "low": scale / (1 + np.exp(half - logit)), "high": scale / (1 + np.exp(-half - logit))}


pairs = [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 1, 29), (30, 300, 45, 280), (700, 1000, 650, 1000)]
pathlib.Path(__file__).with_name("estimates.json").write_text(json.dumps({
    "logOdds": log_odds.tolist(), "affluent": affluent.tolist(), "customers": customers.tolist(),
    "isotonic": isotonic(), "rising": rising(), "platt": platt(log_odds, affluent),
    "separable": platt(np.array([-3.0, -2, -1, 1, 2, 3]), np.array([False, False, False, True, True, True])),
    "delong": delong(log_odds, affluent), "delongByCustomer": delong(log_odds, affluent, customers),
    "quality": quality(), **bootstrap(), "averagePrecisionJackknife": jackknife(), "lift": lift_interval(),
    "normal": [{"probability": p, "quantile": norm.ppf(p)} for p in (1e-300, 1e-10, 0.001, 0.025, 0.0749, 0.0751, 0.3, 0.5, 0.8, 0.975, 1 - 1e-9)],
    "rates": [{"first": [k1, n1], "second": [k2, n2],
               "difference": list(confint_proportions_2indep(k1, n1, k2, n2, compare="diff", method="newcomb")), "ratio": ratio(k1, n1, k2, n2)}
              for k1, n1, k2, n2 in pairs],
}) + "\n")
assert abs(roc_auc_score(affluent, log_odds) - delong(log_odds, affluent)["auc"]) < 1e-12
