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
PARAMETERS = dict(objective="binary:logistic", eval_metric="logloss", base_score=0.5, tree_method="hist", max_bin=256, max_depth=3, eta=0.1, min_child_weight=2,
                  subsample=0.8, colsample_bytree=0.7, max_cat_to_onehot=1000000, seed_per_iteration=1, nthread=1)
PARAMETERS["lambda"] = 5

sample = pd.read_csv(os.path.join(HERE, "sample.csv"))
features = sample[["balance", "products", "age"]].astype(np.float32)
codes = pd.Categorical(sample.job, categories=sorted(sample.job.dropna().unique())).codes
features["job"] = np.where(codes < 0, np.nan, codes).astype(np.float32)
values, label = features.to_numpy(), (sample.segment == "affluent").to_numpy().astype(np.float32)


def matrix(rows):
    return xgboost.DMatrix(values[rows], label=label[rows], feature_types=["q", "q", "q", "c"], enable_categorical=True)


members = []
for repeat in range(2):
    fold = sample[f"fold{repeat + 1}"].to_numpy()
    for held_out in range(fold.max() + 1):
        rows, evaluation, history = fold != held_out, matrix(fold == held_out), {}
        model = xgboost.train({**PARAMETERS, "seed": MODEL_SEEDS[repeat]}, matrix(rows), MAX_TREES, evals=[(evaluation, "e")],
                              evals_result=history, verbose_eval=False)
        members.append((repeat, fold == held_out, evaluation, model, np.array(history["e"]["logloss"])))

weights = np.array([held_out.sum() for _, held_out, _, _, _ in members], float)
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
for repeat, held_out, evaluation, model, _ in members:
    log_odds[repeat, held_out] = model.predict(evaluation, iteration_range=(0, tree_count), output_margin=True)
    contributions[repeat, held_out] = model.predict(evaluation, iteration_range=(0, tree_count), pred_contribs=True)

final = xgboost.train({**PARAMETERS, "seed": FINAL_SEED}, matrix(np.ones(len(sample), bool)), tree_count)
json.dump({
    "xgboost": xgboost.__version__,
    "modelSeeds": MODEL_SEEDS + [FINAL_SEED],
    "treeCount": tree_count,
    "logOdds": [[round(float(x), 7) for x in row] for row in log_odds],
    "inSampleLogOdds": [round(float(x), 7) for x in final.predict(matrix(np.ones(len(sample), bool)), output_margin=True)],
    "firstContributions": [[round(float(x), 7) for x in row] for row in contributions.mean(axis=0)[:20]],
}, open(os.path.join(HERE, "out_of_fold.json"), "w"))
print("trees", tree_count, "log-loss", lowest)
