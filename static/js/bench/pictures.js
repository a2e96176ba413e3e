// Small pictures and kernels that several sections begin with.

import { matrixOf } from '../geometry/matrix.js';

/** A boat with a sail. */
export const BOAT = matrixOf([
  [0, 0, 0, 1, 0, 0, 0],
  [0, 0, 0, 1, 1, 0, 0],
  [0, 0, 0, 1, 1, 1, 0],
  [0, 0, 0, 1, 0, 0, 0],
  [1, 1, 1, 1, 1, 1, 1],
  [0, 1, 1, 1, 1, 1, 0],
  [0, 0, 0, 0, 0, 0, 0],
]);

/** Edges: across it numbers grow to the right. */
export const SOBEL = matrixOf([
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
]);
