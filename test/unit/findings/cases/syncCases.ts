/** Logs for the rules about threads and locks. */

import { thread } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const lock = (tid: number, address: string): string =>
  `${tid} 1.0 futex(${address}, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>\n`;

export const syncCases: RuleCases = {
  deadlock: {
    bad: `10 0.0 ${thread}\n${lock(10, '0x1000')}${lock(11, '0x2000')}11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
    // One thread waits for a lock, and the other one is at work.
    good: `10 0.0 ${thread}\n${lock(10, '0x1000')}11 1.0 getpid() = 10 <0.000010>
      11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
  },
};
