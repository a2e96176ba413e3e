// What the page knows of a kind of layer: first its traits, then all that its file says.

import type { AnyLayer } from '../geometry/types.d.ts';

/** What drawing the network needs of a kind. What is not said is not so. */
export interface Traits {
  /** What stands in the caption of a layer that learns nothing: "max 2 × 2". */
  readonly caption?: (layer: AnyLayer) => string;
  /** False for a layer of this kind that the page cannot explain: it becomes `other`. */
  readonly explains?: (layer: AnyLayer) => boolean;
  /** A function of one number each: it folds into the layer that it reads. */
  readonly activation?: true;
  /** Its values are curved functions of what it reads, not products or sums. */
  readonly bends?: true;
  /** Each of its cells stands for one cell that it reads, so that units behind it show its maps. */
  readonly passes?: true;
  /** Map k is made from map k alone. */
  readonly keeps?: true;
  /** What leaves it is never larger than what it read. */
  readonly bounded?: (layer: AnyLayer) => boolean;
  /** It makes one cell of each window of a map. */
  readonly pools?: true;
  /** One cell of each window is taken, and no other counts. */
  readonly picks?: (layer: AnyLayer) => boolean;
  /** It learns weights: kernels. */
  readonly weighted?: true;
  /** Its filters slide over maps, with a slice of weights for each map. */
  readonly slides?: true;
  /** The maps of what it reads stand side by side, one layer after the other. */
  readonly joins?: true;
  /** It only lays cells out in another shape, and is not drawn. */
  readonly reshapes?: true;
  /** Its units are probabilities: the answer is drawn as bars. */
  readonly probable?: true;
  /** Its units are the shares of the scores that it reads. */
  readonly shares?: true;
  /** The page does not know how its values are computed. */
  readonly unknown?: true;
}
