/** Batches: what one thread parses and another takes is what one thread finds alone. Golden traces: golden.test.ts. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { log } from './support/generate.js';
import { everything, oneByteCuts, parseBatches, parseChunks } from './support/ways.js';

describe('batches', function () {
  this.timeout(60_000);

  it('may be as small as a byte', () => {
    const text =
      '7<a b> 1700000000.000001 read(3<pipe:[5]>,  <unfinished ...>\n' +
      '8<c> 1700000000.000002 --- SIGCHLD {si_signo=SIGCHLD, si_pid=9} ---\n' +
      '7<a b> 1700000000.000003 <... read resumed>"xyz", 4096) = 3 <0.000002>\n' +
      '8<c> 1700000000.000004 +++ killed by SIGSEGV (core dumped) +++\n' +
      'half a li';
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual(everything(parseBatches(bytes, oneByteCuts(bytes))), everything(parseChunks(bytes, [])));
  });

  it('any log comes out as it is', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(), { maxLength: 6 }), ({ text }, positions) => {
        const bytes = Uint8Array.from(Buffer.from(text));
        const cuts = positions.map(position => position % (bytes.length + 1)).sort((a, b) => a - b);
        assert.deepEqual(everything(parseBatches(bytes, cuts)), everything(parseChunks(bytes, [])));
      }),
    );
  });
});
