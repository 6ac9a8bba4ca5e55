"""Averages the weights of several trainings that began at the same weights; the mean generalises better than each
(Wortsman et al. 2022, "Model soups")."""

import argparse
import os
import shutil

from safetensors.torch import load_file, save_file


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folders", nargs="+", help="folders of weights")
    ap.add_argument("--out", required=True, help="folder for the mean")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    states = [load_file(os.path.join(f, "weights.safetensors")) for f in a.folders]
    mean = {k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()}
    save_file(mean, os.path.join(a.out, "weights.safetensors"))
    shutil.copyfile(os.path.join(a.folders[0], "labels.json"), os.path.join(a.out, "labels.json"))


if __name__ == "__main__":
    main()
