// The sections of the page of operations, in the order of the essay.

import { activation } from './activation.js';
import { angles } from './angles.js';
import { convolution } from './convolution.js';
import { depth } from './depth.js';
import { image } from './image.js';
import { kernels } from './kernels.js';
import { linear } from './linear.js';
import { network } from './network.js';
import { pooling } from './pooling.js';
import { softmax } from './softmax.js';
import { why } from './why.js';

/** @import { Section } from './types.d.ts' */

/** @type {readonly Section[]} */
export const SECTIONS = [
  image, // a picture as numbers: grey, and three colours
  convolution, // an image × a kernel, step by step, and turned round
  kernels, // one picture under many kernels
  angles, // which kernel answers to which stroke
  depth, // how many maps are read and made, and how large they are
  activation, // relu, tanh, sigmoid: each number of a map by itself
  linear, // two convolutions are one, unless something bends between them
  pooling, // what of a window is kept, and what that does to a picture that moves
  softmax, // scores, shares in three ways, and what an SVM says
  why, // locality and sharing switched off, and what pooling saves
  network, // blocks put together: shapes, costs, first weights
];
