/** Where the boxes of a flame graph are, callers above what they call, as shares of the width. Pure. */

import type { FlameNode } from '../../protocol.js';
import type { FlameWeight } from '../store.js';

/** The nodes of a graph with the way down and the way back. */
export interface FlameTree {
  nodes: readonly FlameNode[];
  children: readonly (readonly number[])[];
}

export interface FlameBox {
  node: number;
  depth: number;
  /** From 0 to 1. */
  left: number;
  width: number;
  /** A caller of what fills the width. */
  outside: boolean;
}

export function flameTree(nodes: readonly FlameNode[]): FlameTree {
  const children: number[][] = nodes.map(() => []);
  for (const [i, { parent }] of nodes.entries()) if (i > 0) children[parent]?.push(i);
  return { nodes, children };
}

export function weightOf(node: FlameNode | undefined, weight: FlameWeight): number {
  if (!node) return 0;
  return weight === 'time' ? node.totalNs : node.calls;
}

/** Boxes at least `least` wide, row by row inside each caller; `zoom` fills the width. At most `most` of them. */
export function flameBoxes(
  { nodes, children }: FlameTree,
  zoom: number,
  weight: FlameWeight,
  least: number,
  most: number,
): FlameBox[] {
  if (nodes.length === 0) return [];
  const path = pathTo({ nodes, children }, zoom);
  const boxes: FlameBox[] = path.map((node, depth) => ({
    node,
    depth,
    left: 0,
    width: 1,
    outside: depth < path.length - 1,
  }));
  const whole = weightOf(nodes[zoom], weight);
  if (whole <= 0) return boxes;
  // Breadth first: when there are too many, the deepest are missing.
  for (let i = path.length - 1; i < boxes.length && boxes.length < most; i++) {
    const { node, depth, left } = boxes[i] as FlameBox;
    let at = left;
    for (const inner of byWeight(children[node] ?? [], nodes, weight)) {
      const width = weightOf(nodes[inner], weight) / whole;
      if (width >= least) boxes.push({ node: inner, depth: depth + 1, left: at, width, outside: false });
      at += width;
    }
  }
  return boxes;
}

/** From the root to a node. */
function pathTo({ nodes }: FlameTree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; ; at = nodes[at]?.parent ?? 0) {
    path.unshift(at);
    if (at === 0) return path;
  }
}

/** The node that the same names lead to in another tree; the root when there is none. */
export function sameNode(from: FlameTree, node: number, to: FlameTree): number {
  let at = 0;
  for (const step of pathTo(from, node).slice(1)) {
    const { name, kind } = from.nodes[step] as FlameNode;
    const next = to.children[at]?.find(inner => to.nodes[inner]?.name === name && to.nodes[inner]?.kind === kind);
    if (next === undefined) return 0;
    at = next;
  }
  return at;
}

/** Nodes whose name has the text, and their weight; what lies in another found one is not counted twice. */
export function findInFlame(
  { nodes, children }: FlameTree,
  text: string,
  weight: FlameWeight,
): { found: Set<number>; weight: number } {
  const found = new Set<number>();
  const wanted = text.toLowerCase();
  let sum = 0;
  const visit = (node: number, inside: boolean): void => {
    const matches = node > 0 && (nodes[node]?.name.toLowerCase().includes(wanted) ?? false);
    if (matches) {
      found.add(node);
      if (!inside) sum += weightOf(nodes[node], weight);
    }
    for (const inner of children[node] ?? []) visit(inner, inside || matches);
  };
  if (text !== '' && nodes.length > 0) visit(0, false);
  return { found, weight: sum };
}

function byWeight(list: readonly number[], nodes: readonly FlameNode[], weight: FlameWeight): number[] {
  return [...list].sort((a, b) => weightOf(nodes[b], weight) - weightOf(nodes[a], weight) || a - b);
}
