"""The types of arrays that the engine passes around."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
"""Real numbers: float32 in use, float64 where tests want exactness. Layers keep what they get."""

Indices = npt.NDArray[np.int32]
Labels = npt.NDArray[np.integer[Any]]
