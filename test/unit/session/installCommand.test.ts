/** The install command speaks the distribution's language. */

import assert from 'node:assert/strict';
import { installCommand } from '../../../src/session/installCommand.js';

describe('the install command', () => {
  const table: [string, string][] = [
    ['ID=debian', 'sudo apt-get install strace'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'sudo apt-get install strace'],
    ['NAME="Fedora Linux"\nID=fedora', 'sudo dnf install strace'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'sudo dnf install strace'],
    ['ID=alpine', 'sudo apk add strace'],
    ['ID=arch', 'sudo pacman -S strace'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"', 'sudo zypper install strace'],
    ['', 'sudo apt-get install strace'],
  ];
  for (const [osRelease, command] of table) {
    it(`is “${command}” on ${JSON.stringify(osRelease)}`, () =>
      assert.equal(installCommand(osRelease, 'strace', false), command));
  }

  it('needs no sudo when we are root', () => {
    assert.equal(installCommand('ID=debian', 'gcc', true), 'apt-get install gcc');
  });
});
