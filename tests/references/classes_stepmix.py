"""What StepMix makes of three raters' answers in reviews.csv, gaps and all. It is no dependency: run by hand where it is there.

    python tests/references/classes_stepmix.py reviews.csv > tests/references/classes_stepmix.json

`reviews.csv` is what `tests.references.drawn_reviews.write_csv` writes.
"""

import json
import sys

import pandas as pd
import stepmix


def main(path: str) -> None:
    """Print log-likelihood and shares of two, three and four classes."""
    answers = pd.read_csv(path)[["first-rater", "second-rater", "third-rater"]].dropna(how="all")
    said: dict[str, object] = {"program": f"StepMix {stepmix.__version__}"}
    for classes in (2, 3, 4):
        search = {"n_init": 50, "abs_tol": 1e-12, "max_iter": 20_000, "random_state": 1, "progress_bar": 0}
        model = stepmix.StepMix(n_components=classes, measurement="categorical_nan", **search)
        model.fit(answers - 1)
        height = model.score(answers - 1) * len(answers)
        said[f"raters-{classes}"] = [float(height), *sorted(map(float, model.weights_), reverse=True)]
    print(json.dumps(said, indent=1))  # noqa: T201  # it is what the script is for


if __name__ == "__main__":
    main(sys.argv[1])
