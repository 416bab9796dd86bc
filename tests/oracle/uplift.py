#!/usr/bin/python3
"""
Reference values for a campaign's effect: sizes and smallest rises by solving the power equation, Newcombe's interval by
statsmodels, the score interval by scipy's optimiser (statsmodels 0.13 has a slip in its cubic: counts where sizes belong), the Qini area by numpy. Writes uplift.json.
"""
import json
import math

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep

Z = stats.norm.ppf(0.975)


def power(targets, controls, base, rate):
    error = math.sqrt(base * (1 - base) / controls + rate * (1 - rate) / targets)
    return stats.norm.cdf(abs(rate - base) / error - Z)


def controls_needed(base, rate, ratio):
    return optimize.brentq(lambda size: power(ratio * size, size, base, rate) - 0.8, 2, 1e9, xtol=1e-7)


def smallest_rise(targets, controls, base):
    return optimize.brentq(lambda rise: power(targets, controls, base, base + rise) - 0.8, 1e-9, 1 - base, xtol=1e-14)


def likely_rates(target, control, difference):
    """Maximises the binomial likelihood over the target's rate, the control's being lower by the difference."""
    low, high = max(0, difference), min(1, 1 + difference)
    edge = 1e-12

    def loss(rate):
        p, q = np.clip(rate, edge, 1 - edge), np.clip(rate - difference, edge, 1 - edge)
        return -(target[0] * math.log(p) + (target[1] - target[0]) * math.log(1 - p)
                 + control[0] * math.log(q) + (control[1] - control[0]) * math.log(1 - q))

    grid = np.linspace(low, high, 2001)
    best = int(np.argmin([loss(rate) for rate in grid]))
    found = optimize.minimize_scalar(
        loss, bounds=(grid[max(0, best - 1)], grid[min(2000, best + 1)]), method="bounded", options={"xatol": 1e-13}).x
    return found, found - difference


def stratified(strata):
    total = sum(target[1] for target, _ in strata)
    weights = [target[1] / total for target, _ in strata]
    difference = sum(w * (t[0] / t[1] - c[0] / c[1]) for w, (t, c) in zip(weights, strata))

    def distance(at):
        variance = 0
        for w, (t, c) in zip(weights, strata):
            p, q = likely_rates(t, c, at)
            everyone = t[1] + c[1]
            variance += w * w * (p * (1 - p) / t[1] + q * (1 - q) / c[1]) * everyone / (everyone - 1)
        return (difference - at) ** 2 - Z * Z * variance

    return difference, [optimize.brentq(distance, -0.999, difference, xtol=1e-10), optimize.brentq(distance, difference, 0.999, xtol=1e-10)]


def qini(scores, control, responded, step_size):
    """One point after each whole step of customers from the best down; no ties."""
    order = np.argsort(-scores)
    control, responded = control[order], responded[order]
    targets, controls = (~control).sum(), control.sum()
    ends = [*range(step_size, len(scores), step_size), len(scores)]
    share = np.array([0] + [(~control[:end]).sum() / targets for end in ends])
    extra = np.array([0] + [(responded[:end] & ~control[:end]).sum() - (responded[:end] & control[:end]).sum() * targets / controls for end in ends])
    return float((np.trapz(extra, share) - extra[-1] / 2) / targets), share.tolist(), extra.tolist()


def main():
    sizes = [(0.02, 0.03, 1), (0.02, 0.03, 9), (0.01, 0.02, 1), (0.01, 0.02, 9), (0.03, 0.05, 1), (0.03, 0.05, 9), (0.1, 0.12, 4), (0.05, 0.02, 3)]
    rises = [(3823, 3823, 0.02), (16130, 1793, 0.02), (300, 33, 0.01), (5000, 556, 0.1), (900, 100, 0.5)]
    pairs = [((12, 300), (1, 33)), ((7, 300), (2, 33)), ((150, 5000), (9, 556)), ((40, 900), (8, 100)), ((3, 900), (5, 100))]
    strata = [
        [((12, 90), (1, 10)), ((9, 180), (0, 20)), ((8, 270), (1, 30)), ((4, 360), (1, 40))],
        [((0, 45), (0, 5)), ((30, 1500), (2, 170))],
        [((20, 400), (6, 40)), ((3, 20), (4, 60))],
    ]
    random = np.random.default_rng(20261125)
    count = 600
    scores = random.permutation(count) / count
    control = random.random(count) < 0.2
    responded = random.random(count) < 0.03 + 0.3 * scores * np.where(control, 0.3, 1)
    area, share, extra = qini(scores, control, responded, 6)
    reference = {
        "sizes": [{"base": b, "rate": r, "ratio": k, "controls": math.ceil(controls_needed(b, r, k) - 1e-6), "targets": math.ceil(k * controls_needed(b, r, k) - 1e-6)}
                  for b, r, k in sizes],
        "rises": [{"targets": t, "controls": c, "base": b, "rise": smallest_rise(t, c, b)} for t, c, b in rises],
        "pairs": [{"target": t, "control": c, "newcombe": confint_proportions_2indep(*t, *c, method="newcomb", compare="diff"),
                   "score": stratified([(t, c)])[1]} for t, c in pairs],
        "strata": [dict(zip(("strata", "difference", "interval"), (s, *stratified(s)))) for s in strata],
        "qini": {"scores": scores.tolist(), "control": control.tolist(), "responded": responded.tolist(), "area": area, "share": share, "extra": extra},
    }
    with open("uplift.json", "w", encoding="utf-8") as file:
        json.dump(reference, file, indent=1)
        file.write("\n")


main()
