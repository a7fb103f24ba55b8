/** The fixes of each rule, the best first. */

import { bindFix } from './bindFix.js';
import { cloexecFix } from './cloexecFix.js';
import type { Fix, FixMaker, FixRequest } from './fix.js';
import { retryFix } from './retryFix.js';
import { forkInstead, ignoreSigpipe, reapedByKernel, sendWithoutSignal, waitInLoop } from './signalFixes.js';

const byRule: Readonly<Record<string, readonly FixMaker[]>> = {
  'missing-cloexec': [cloexecFix],
  'eintr-not-retried': [retryFix],
  'addr-in-use': [bindFix],
  'sigpipe-death': [sendWithoutSignal, ignoreSigpipe],
  'zombie-never-reaped': [reapedByKernel],
  'lost-sigchld': [waitInLoop],
  'vfork-child-misbehaves': [forkInstead],
};

export function fixesFor(request: FixRequest): Fix[] {
  return (byRule[request.finding.rule] ?? []).flatMap(make => make(request) ?? []);
}
