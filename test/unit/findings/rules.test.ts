/** Every rule finds its bug in a short log and is silent on the log of the program that does it right. */

import assert from 'node:assert/strict';
import { rules } from '../../../src/trace/findings/rules.js';
import { daemonCases } from './cases/daemonCases.js';
import { descriptorCases } from './cases/descriptorCases.js';
import { eventLoopCases } from './cases/eventLoopCases.js';
import { ipcCases } from './cases/ipcCases.js';
import { memoryCases } from './cases/memoryCases.js';
import { processCases } from './cases/processCases.js';
import { signalCases } from './cases/signalCases.js';
import { socketCases } from './cases/socketCases.js';
import { stdioCases } from './cases/stdioCases.js';
import { syncCases } from './cases/syncCases.js';
import type { RuleCases } from './cases/ruleCase.js';
import { found } from './traceText.js';

const cases: RuleCases = {
  ...processCases,
  ...daemonCases,
  ...stdioCases,
  ...signalCases,
  ...eventLoopCases,
  ...descriptorCases,
  ...socketCases,
  ...syncCases,
  ...ipcCases,
  ...memoryCases,
};

describe('rules', () => {
  it('all have a bad log and a good one here', () => {
    assert.deepEqual(Object.keys(cases).sort(), rules.map(rule => rule.id).sort());
  });

  for (const rule of rules) {
    const { bad, good, expected, silent, also } = cases[rule.id] ?? { bad: '', good: '' };
    it(`${rule.id} is found`, () => {
      assert.deepEqual(found(bad), expected ?? [`${rule.severity} ${rule.id}`]);
    });
    it(`${rule.id} is not found where it is done right`, () => {
      assert.deepEqual(found(good), []);
    });
    for (const [what, log] of Object.entries(silent ?? {}))
      it(`${rule.id} is not found: ${what}`, () => {
        assert.deepEqual(found(log), []);
      });
    for (const [what, { log, expected: all }] of Object.entries(also ?? {}))
      it(`${rule.id}: ${what}`, () => {
        assert.deepEqual(found(log), all);
      });
  }
});
