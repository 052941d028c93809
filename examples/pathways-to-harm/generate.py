"""Make the synthetic files of this example: `python generate.py [--out FOLDER] [--cases N]`.

The same arguments give the same bytes. What the answers add up to stands in calibration.yaml, each with its source or the word
“assumed”; nothing else is built in. No row describes a real child, family or review.
"""

import argparse
from pathlib import Path

from synthesis import chronologies, cohort, double, earlier, files, maps, papers, reviews

HERE = Path(__file__).parent


def main() -> None:
    """Write every file that sources.yaml names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "sources" / "generated", help="the folder to write into")
    parser.add_argument("--cases", type=int, help="cases in all, instead of 1,099, in the same proportions")
    arguments = parser.parse_args()
    (arguments.out / "reviews").mkdir(parents=True, exist_ok=True)
    told = reviews.read_all(HERE / "reviews")
    made = cohort.make(HERE / "calibration.yaml", told, arguments.cases)
    earlier.write(made, HERE / "crosswalk.yaml", arguments.out)
    files.write(made, told, HERE / "codebook.yaml", arguments.out)
    double.write(made, HERE / "calibration.yaml", arguments.out)
    for review in told:
        papers.write(review, arguments.out / "reviews")
    events = chronologies.read_all(HERE / "chronologies")
    documents = chronologies.write(events, HERE / "sources.yaml", HERE / "practice.yaml", arguments.out)
    maps.write(HERE / "maps", arguments.out)
    total = sum(len(frame) for frame in made.cases.values())
    print(
        f"Wrote {total:,} synthetic cases, {len(told)} fictional reviews, and {len(events):,} fictional events "
        f"in {documents} chronologies to {arguments.out}"
    )


if __name__ == "__main__":
    main()
