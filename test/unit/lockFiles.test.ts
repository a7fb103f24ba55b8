/** `npm ci` must work on every machine and with every registry: the lock files say all that it needs and nothing of where from. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingFromLock } from '../../scripts/lockFile.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

for (const file of ['package-lock.json', 'test/vscode-host/package-lock.json']) {
  describe(file, () => {
    const text = readFileSync(path.join(root, file), 'utf8');

    it('holds every package that another one wants, for other systems too', () => {
      assert.deepEqual(missingFromLock(JSON.parse(text).packages), [], 'run: node scripts/lockFile.mjs');
    });

    it('names no address to download from', () => {
      assert.doesNotMatch(text, /"resolved": "http/);
    });
  });
}
