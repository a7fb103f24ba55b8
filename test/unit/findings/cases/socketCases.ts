/** Logs for the rules about sockets. */

import { tcp } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const unixBind =
  'bind(3, {sa_family=AF_UNIX, sun_path="/tmp/s"}, 110) = -1 EADDRINUSE (Address already in use) <0.000010>';
const inetBind =
  'bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = -1 EADDRINUSE (Address already in use) <0.000010>';

export const socketCases: RuleCases = {
  'addr-in-use': {
    bad: `10 0.0 socket(AF_UNIX, SOCK_STREAM, 0) = 3 <0.000010>\n10 0.1 ${unixBind}\n10 0.2 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${tcp}
      10 0.1 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0 <0.000010>
      10 0.2 ${inetBind}\n`,
  },
};
