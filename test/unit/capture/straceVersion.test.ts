/** What strace says of itself, as distributions ship it. */

import assert from 'node:assert/strict';
import { isAtLeast, parseStraceBuild } from '../../../src/trace/capture/straceVersion.js';

const output = (firstLine: string, features: string): string =>
  `${firstLine}\nCopyright (c) The strace developers <https://strace.io>.\n\nOptional features enabled: ${features}\n`;

describe('the version of strace', () => {
  it('is read with its features and stack backend', () => {
    assert.deepEqual(
      parseStraceBuild(output('strace -- version 6.1', 'stack-trace=libunwind stack-demangle m32-mpers mx32-mpers')),
      {
        version: { major: 6, minor: 1 },
        stackBackend: 'libunwind',
        features: ['stack-trace=libunwind', 'stack-demangle', 'm32-mpers', 'mx32-mpers'],
      },
    );
  });

  it('is read of a development build and of an old name of the stack feature', () => {
    const build = parseStraceBuild(output('strace -- version 4.26.0.12.a2f3', 'stack-unwind=libdw'));
    assert.deepEqual(build?.version, { major: 4, minor: 26 });
    assert.equal(build.stackBackend, 'libdw');
  });

  it('has no stack backend when it was built without one', () => {
    const build = parseStraceBuild(output('strace -- version 6.17', '(none)'));
    assert.equal(build?.stackBackend, 'none');
    assert.deepEqual(build?.features, []);
  });

  it('is not found in what another program prints', () => {
    assert.equal(parseStraceBuild('GNU bash, version 5.2.15(1)-release'), undefined);
  });

  it('compares by number, not by text', () => {
    assert.ok(isAtLeast({ major: 6, minor: 10 }, 6, 9));
    assert.ok(!isAtLeast({ major: 5, minor: 16 }, 6, 1));
    assert.ok(isAtLeast({ major: 5, minor: 6 }, 5, 6));
  });
});
