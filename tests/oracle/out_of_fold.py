#!/usr/bin/python3
"""Reference for OutOfFoldScores.Compute: the same sample, folds and recipe with Python's XGBoost. Writes out_of_fold.json."""
import json
import os

import numpy as np
import pandas as pd
import xgboost

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL_SEEDS = [646896860, 758522689]  # TrainingRecipe.ModelSeed(0) and (1) for seed 7; the test compares them
FINAL_SEED = 1686797910  # ModelSeed(2)
MAX_TREES, TREE_STEP, PATIENCE, LEAST_GAIN = 120, 10, 20, 1e-9
SUBSAMPLE, DERIVATIVE_STEPS, MISSING_NUMBER = 0.8, 2.0**20, -2e37
PARAMETERS = dict(objective="binary:logistic", base_score=0.5, tree_method="hist", max_bin=256, max_depth=3, eta=0.1, min_child_weight=2,
                  colsample_bytree=0.7, max_cat_to_onehot=1000000, seed_per_iteration=1, nthread=1)
PARAMETERS["lambda"] = 5
TYPES = ["q", "q", "q", "c"]

sample = pd.read_csv(os.path.join(HERE, "sample.csv"))
features = sample[["balance", "products", "age"]].astype(np.float32)
categories = sorted(sample.job.dropna().unique())
codes = pd.Categorical(sample.job, categories=categories).codes
features["job"] = np.where(codes < 0, np.nan, codes).astype(np.float32)
values, label = features.to_numpy(), (sample.segment == "affluent").to_numpy()

# Trained on all rows' bins, a missing number below all others, a missing category as one of its own; scored on the same.
binned = values.copy()
for column, kind in enumerate(TYPES):
    binned[np.isnan(binned[:, column]), column] = len(categories) if kind == "c" else MISSING_NUMBER
everything = xgboost.DMatrix(binned, feature_types=TYPES, enable_categorical=True)

U, STEP = np.uint64, np.uint64(0x9E3779B97F4A7C15)


def mix(x):
    x = (x ^ (x >> U(30))) * U(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> U(27))) * U(0x94D049BB133111EB)
    return x ^ (x >> U(31))


def shares(seed, part, count):
    """SeededRandom.For(seed, part).NextShare(), so many times."""
    state = mix(mix(np.array([seed], U) + STEP) ^ (np.array([part + 1], U) * STEP))
    return ((mix(state + np.arange(1, count + 1, dtype=U) * STEP) >> U(12)).astype(float) + 0.5) / 2.0**52


def train(rows, seed, tree_count):
    """Only the derivatives of these rows, and of a sample of them each round, are not 0. Margins after each round."""
    model, margins = xgboost.Booster({**PARAMETERS, "seed": seed}, [everything]), []
    for tree in range(tree_count):
        p = 1 / (1 + np.exp(-model.predict(everything, output_margin=True)))
        learned = rows & (shares(seed, tree, len(sample)) < SUBSAMPLE)
        gradient = np.where(learned, np.rint(p * DERIVATIVE_STEPS) / DERIVATIVE_STEPS - label, 0).astype(np.float32)
        hessian = np.where(learned, np.maximum(1, np.rint(p * (1 - p) * DERIVATIVE_STEPS)) / DERIVATIVE_STEPS, 0).astype(np.float32)
        model.boost(everything, gradient, hessian)
        margins.append(model.predict(everything, output_margin=True))
    return model, margins


members = []
for repeat in range(2):
    fold = sample[f"fold{repeat + 1}"].to_numpy()
    for held_out in range(fold.max() + 1):
        model, margins = train(fold != held_out, MODEL_SEEDS[repeat], MAX_TREES)
        against = np.array([np.where(label, -margin, margin)[fold == held_out].astype(float) for margin in margins])
        members.append((repeat, fold == held_out, model, np.logaddexp(0, against).mean(axis=1)))

weights = np.array([held_out.sum() for _, held_out, _, _ in members], float)
log_loss = np.array([losses for *_, losses in members]).T @ weights / weights.sum()
lowest, tree_count = np.inf, 0
for trees in range(TREE_STEP, MAX_TREES + 1, TREE_STEP):
    loss = log_loss[trees - 1]
    if loss < lowest - LEAST_GAIN:
        lowest, tree_count = loss, trees
    if trees - tree_count >= PATIENCE:
        break

log_odds = np.zeros((2, len(sample)))
contributions = np.zeros((2, len(sample), 5))
for repeat, held_out, model, _ in members:
    log_odds[repeat, held_out] = model.predict(everything, iteration_range=(0, tree_count), output_margin=True)[held_out]
    contributions[repeat, held_out] = model.predict(everything, iteration_range=(0, tree_count), pred_contribs=True)[held_out]

final = train(np.ones(len(sample), bool), FINAL_SEED, tree_count)[1][-1]
if __name__ == "__main__":
    json.dump({
        "xgboost": xgboost.__version__,
        "modelSeeds": MODEL_SEEDS + [FINAL_SEED],
        "treeCount": tree_count,
        "logOdds": [[round(float(x), 7) for x in row] for row in log_odds],
        "inSampleLogOdds": [round(float(x), 7) for x in final],
        "firstContributions": [[round(float(x), 7) for x in row] for row in contributions.mean(axis=0)[:20]],
    }, open(os.path.join(HERE, "out_of_fold.json"), "w"))
    print("trees", tree_count, "log-loss", lowest)
