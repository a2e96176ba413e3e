"""The survey that all begin with: what a network says of each image."""

import numpy as np

from app.surveys.job import Made, Surveyed
from model.train.calibrate import recorded_threshold
from model.train.readings import readings


def read(surveyed: Surveyed) -> Made:
    """Read all images: a row each, and what they add up to."""
    network = surveyed.network
    found = readings(network, surveyed.examples, surveyed.tell)
    threshold = recorded_threshold(network.metadata)
    correct = int(np.trace(found.confusion))
    unsure = 0 if threshold is None else int(np.sum(found.energies < threshold))
    return Made(
        {
            "losses": found.losses,
            "energies": found.energies,
            "scores": found.scores,
            "shares": found.shares,
            "confusion": found.confusion.astype(np.int32),
            "truth": found.truth,
            "said": found.said,
            "second": found.second,
        },
        {
            "images": str(len(found.truth)),
            "correct": str(correct),
            "loss": repr(float(np.mean(found.losses))),
            "threshold": "" if threshold is None else repr(threshold),
            "unsure": str(unsure),
        },
    )
