/**
 * How many events of each class start when, over the whole trace, in a fixed number of bins that double in width when the trace
 * outgrows them: the overview costs the same for any length of trace.
 */

import { syscallClasses, type Overview } from '../api.js';
import { ANY_NUMBER } from './anyNumber.js';

const BINS = 4096;
const FIRST_WIDTH_NS = 1000;
/** A column of bins for each class, and one for failed calls. */
const FAILED = syscallClasses.length;

export class OverviewBins {
  private readonly counts = Array.from({ length: FAILED + 1 }, () => new Uint32Array(BINS));
  private widthNs = ANY_NUMBER;
  /** Of all bins. */
  private spanNs = ANY_NUMBER;
  /** The bin of the event before: most are in the same one. */
  private lastBin = 0;
  // No time lies between these two.
  private lastBinStartNs = ANY_NUMBER;
  private lastBinEndNs = ANY_NUMBER;

  constructor() {
    this.setWidth(FIRST_WIDTH_NS);
  }

  add(callClass: number, startNs: number): void {
    this.count(callClass, startNs);
  }

  addFailed(startNs: number): void {
    this.count(FAILED, startNs);
  }

  /** Bars of equal width over [0, endNs]. Sums are kept: what lies across two bars is shared out between them. */
  read(columns: number, endNs: number): Omit<Overview, 'revision'> {
    const counts = new Uint32Array(syscallClasses.length * columns);
    for (let i = 0; i < FAILED; i++) this.resample(i, endNs, counts.subarray(i * columns, (i + 1) * columns));
    const failed = new Uint32Array(columns);
    this.resample(FAILED, endNs, failed);
    return { endNs, columns, counts, failed };
  }

  private count(column: number, startNs: number): void {
    if (!(startNs >= this.lastBinStartNs && startNs < this.lastBinEndNs)) this.findBin(startNs);
    const bins = this.counts[column] as Uint32Array;
    bins[this.lastBin] = (bins[this.lastBin] as number) + 1;
  }

  private findBin(startNs: number): void {
    while (startNs >= this.spanNs) this.widen();
    this.lastBin = Math.floor(startNs / this.widthNs);
    this.lastBinStartNs = this.lastBin * this.widthNs;
    this.lastBinEndNs = this.lastBinStartNs + this.widthNs;
  }

  private widen(): void {
    this.setWidth(2 * this.widthNs);
    for (const bins of this.counts) {
      for (let i = 0; i < BINS / 2; i++) bins[i] = (bins[2 * i] as number) + (bins[2 * i + 1] as number);
      bins.fill(0, BINS / 2);
    }
  }

  private setWidth(ns: number): void {
    this.widthNs = ns;
    this.spanNs = ns * BINS;
  }

  private resample(column: number, endNs: number, out: Uint32Array): void {
    const bins = this.counts[column] as Uint32Array;
    let bin = 0;
    let before = 0; // events in the bins before `bin`
    let told = 0;
    for (let i = 0; i < out.length; i++) {
      const borderBin = i === out.length - 1 ? BINS : ((i + 1) * endNs) / out.length / this.widthNs;
      while (bin < BINS && bin + 1 <= borderBin) before += bins[bin++] as number;
      const upTo = Math.round(before + (bin < BINS ? (bins[bin] as number) * (borderBin - bin) : 0));
      out[i] = upTo - told;
      told = upTo;
    }
  }
}
