/** User and group ids and capabilities across execve(2) (credentials(7), capabilities(7)). */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

describe('ids at exec', () => {
  const exec = 'execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>';

  it('the saved ids become the effective ones, and capabilities are not what capset made them', () => {
    const log = handMade(`
      10 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=1<<CAP_KILL, permitted=1<<CAP_KILL, inheritable=0}) = 0 <0.000010>
      10 setresgid(11, 12, 13) = 0 <0.000010>
      10 ${exec}
      10 getpid() = 10 <0.000010>`);
    const at = (line: number) => {
      const { startNs } = log.trace.event(log.row(line))!;
      return log.trace.kernel.identity({ process: log.process(10), atNs: startNs + 500_000 });
    };
    assert.deepEqual([at(2).gid.saved, at(2).capabilities], [13, '1<<CAP_KILL']);
    assert.deepEqual([at(4).gid, at(4).capabilities], [{ real: 11, effective: 12, saved: 12 }, null]);
    assert.deepEqual(
      at(4).changes.map(c => log.line(c.row)),
      [1, 2],
    );
  });
});
