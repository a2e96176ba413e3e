// The nouns of the network in space. Three coordinates, always in this order: x along the flow of
// the network, y up, z to the right of someone who looks along the flow. World lengths are close to
// the CSS pixels of a stage on which the network just fits.

import type { Look, Tone } from '../types.d.ts';
import type { Cell } from '../../geometry/types.d.ts';

export type Vec3 = readonly [x: number, y: number, z: number];

/** One layer: tiles of cells that stand on the plane x and rise from it against the flow. */
export interface Plane {
  readonly layer: string;
  readonly fold: readonly string[];
  readonly look: Look;
  readonly rank: number;
  readonly x: number;
  /** Side of a cell. */
  readonly cell: number;
  /** How far a cell rises at value 0, and how much more at the end of its scale. */
  readonly thickness: number;
  readonly relief: number;
  /** Cells of one tile. */
  readonly rows: number;
  readonly columns: number;
  /** Shown channels, ascending; the upper left corner of each one's tile; channel -> tile or -1. */
  readonly channels: Int32Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly place: Int32Array;
  /** Around all tiles. */
  readonly bounds: Bounds;
  /** Position of the layer's first cell among all cells of the space. */
  readonly first: number;
  readonly hidden: number;
}

export interface Bounds {
  readonly y0: number;
  readonly y1: number;
  readonly z0: number;
  readonly z1: number;
}

export interface Space {
  readonly planes: readonly Plane[];
  plane(layer: string): Plane | undefined;
  /** The visible layer whose cells stand for this one's, as in the flat layout. */
  stand(layer: string): string;
  /** Pairs of visible layers, the second reads the first; `skip` when it passes another rank. */
  readonly edges: readonly { from: string; to: string; skip: boolean }[];
  /** Cells of all planes. */
  readonly count: number;
  /** The middle of everything, and how far the furthest corner is from it. */
  readonly centre: Vec3;
  readonly radius: number;
}

/** How far each cell rises above its thickness, 0..1 of the plane's relief; null when none does. */
export type Heights = Float32Array | null;

/** How the network is looked at: everything but the stage's size. Angles in degrees. */
export interface Orbit {
  /** 0 looks along the flow; negative turns the flow to the right. */
  readonly azimuth: number;
  /** Above the horizon. */
  readonly elevation: number;
  /** 1 fits the network into the stage, whatever the angle. */
  readonly zoom: number;
  /** CSS pixels by which the picture is moved. */
  readonly x: number;
  readonly y: number;
  /** Its name while nobody has turned it: the angles then follow the shape of the stage. */
  readonly preset?: 'oblique' | 'side' | 'top' | 'axis';
}

export type Turn = Pick<Orbit, 'azimuth' | 'elevation'>;

/** The part of the stage the network is fitted into: what is left beside labels and controls. */
export interface Stand {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Camera {
  readonly eye: Vec3;
  readonly forward: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  /** Screen x = scale * (right · p) / (forward · p) + x, y likewise downwards; p seen from the eye. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly near: number;
  readonly far: number;
  readonly width: number;
  readonly height: number;
}

/** A corner to corner box in the plane of its layer. */
export interface Patch extends Bounds {
  readonly layer: string;
  /** Where the face lies that is seen. */
  readonly x: number;
}

export interface Line3 {
  /** Control points of a cubic; a straight line has them on itself. */
  readonly from: Vec3;
  readonly control1: Vec3;
  readonly control2: Vec3;
  readonly to: Vec3;
  readonly width: number;
  readonly tone: Tone | 'halo';
  readonly opacity: number;
  /** CSS px by which it reaches beyond its ends, so that corners of frames are whole. */
  readonly cap: number;
  /** CSS px by which its ends move up and right in their plane: frames stand outside. */
  readonly grow: readonly [fromY: number, fromZ: number, toY: number, toZ: number];
  readonly dashed: boolean;
}

/**
 * through: faint where something stands before it. front: before everything.
 */
export interface Lines {
  readonly through: readonly Line3[];
  /** The same, but not straight; drawn after those. */
  readonly curves: readonly Line3[];
  readonly front: readonly Line3[];
}

/** A frame around cells, for whoever asks what is drawn. */
export interface Frame3 {
  readonly kind: 'frame3';
  readonly role: string;
  readonly patch: Patch;
}

export interface SpaceOverlay {
  readonly frames: readonly Frame3[];
  readonly lines: Lines;
  /** Corners of translucent triangles in the window's tone: x, y, z, opacity, … */
  readonly cone: Float32Array;
  /** By cell: 1 takes part, 0 is dimmed; null when nothing is. */
  readonly lit: Uint8Array | null;
}

export interface Hit {
  readonly cell: Cell;
  readonly distance: number;
}
