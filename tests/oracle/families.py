#!/usr/bin/python3
"""Reference for the forest and the elastic net of OutOfFoldScores.Compute: the forest with Python's XGBoost, the elastic net by proximal
gradient steps of our own, both on the first repeat's folds of sample.csv. Writes families.json."""
import json
import os

import numpy as np
import pandas as pd
import xgboost

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL_SEED, TREES, STEPS, MISSING_NUMBER = 646896860, 20, 2.0**20, -2e37  # the seed: TrainingRecipe.ModelSeed(0) for seed 7
LEAF_ROWS, LAMBDA, ALPHA = 5, 0.001, 0.0005

sample = pd.read_csv(os.path.join(HERE, "sample.csv"))
label, fold = (sample.segment == "affluent").to_numpy(), sample.fold1.to_numpy()
numbers = sample[["balance", "products", "age"]].to_numpy(np.float32)
jobs = sorted(sample.job.dropna().unique())
codes = pd.Categorical(sample.job, categories=jobs).codes

# The forest: one Newton step from the base rate, each tree on its own rows and each split on its own columns.
types = ["q", "q", "q", "c"]
values = np.column_stack([np.where(np.isnan(numbers), MISSING_NUMBER, numbers), np.where(codes < 0, len(jobs), codes)]).astype(np.float32)
everything = xgboost.DMatrix(values, feature_types=types, enable_categorical=True)


def forest(learned):
    base = (label & learned).sum() / learned.sum()
    model = xgboost.Booster(dict(
        objective="binary:logistic", base_score=base, tree_method="hist", max_bin=256, max_depth=12, eta=1, subsample=0.63, colsample_bynode=0.3,
        min_child_weight=0.999 * LEAF_ROWS * base * (1 - base), num_parallel_tree=TREES, max_cat_to_onehot=1000000, seed_per_iteration=1,
        nthread=1, seed=MODEL_SEED, **{"lambda": 0}), [everything])
    p = 1 / (1 + np.exp(-model.predict(everything, output_margin=True)))
    gradient = np.where(learned, np.rint(p * STEPS) / STEPS - label, 0).astype(np.float32)
    hessian = np.where(learned, np.maximum(1, np.rint(p * (1 - p) * STEPS)) / STEPS, 0).astype(np.float32)
    model.boost(everything, gradient, hessian)
    return model


# The elastic net: mean loss over all rows of the file (those held out add nothing), both penalties, none on the intercept.
columns = []
for i in range(3):
    known = np.sort(numbers[~np.isnan(numbers[:, i]), i])
    low, high = known[int(0.01 * (len(known) - 1))], known[int(np.ceil(0.99 * (len(known) - 1)))]
    drawn = np.clip(known.astype(float), low, high)
    column = (np.clip(numbers[:, i].astype(float), low, high) - drawn.mean()) / drawn.std()
    columns.append(np.where(np.isnan(numbers[:, i]), 0, column))
    missing = np.isnan(numbers[:, i])
    if 20 <= missing.sum() <= len(sample) - 20:
        columns.append(missing - missing.mean())
for indicator in [codes == code for code in range(len(jobs))] + [codes < 0]:
    if 20 <= indicator.sum() <= len(sample) - 20:
        columns.append(indicator - indicator.mean())
design = np.column_stack(columns)


def elastic_net(learned):
    intercept, coefficients, pace = 0.0, np.zeros(design.shape[1]), 1.0
    for _ in range(40000):
        p = 1 / (1 + np.exp(-(intercept + design @ coefficients)))
        error = np.where(learned, p - label, 0) / len(sample)
        intercept -= pace * error.sum()
        coefficients -= pace * (design.T @ error + LAMBDA * coefficients)
        coefficients = np.sign(coefficients) * np.maximum(np.abs(coefficients) - pace * ALPHA, 0)
    return intercept, coefficients


forest_odds, net_odds, contributions = np.zeros(len(sample)), np.zeros(len(sample)), np.zeros((len(sample), 5))
for held_out in range(fold.max() + 1):
    rows = fold == held_out
    model = forest(~rows)
    forest_odds[rows] = model.predict(everything, output_margin=True)[rows]
    contributions[rows] = model.predict(everything, pred_contribs=True)[rows]
    intercept, coefficients = elastic_net(~rows)
    net_odds[rows] = intercept + design[rows] @ coefficients

json.dump({
    "xgboost": xgboost.__version__,
    "forestTrees": TREES,
    "forestLogOdds": [round(float(x), 7) for x in forest_odds],
    "forestFirstContributions": [[round(float(x), 7) for x in row] for row in contributions[:20]],
    "elasticNetColumns": design.shape[1],
    "elasticNetLogOdds": [round(float(x), 7) for x in net_odds],
}, open(os.path.join(HERE, "families.json"), "w"))
