/** A program that makes very many processes, while it runs. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { startTrace } from '../support/traceRun.js';

describe('a running program that makes 2 000 processes', () => {
  const bomb = `
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    for (int i = 0; i < 2000; i++)
        if (fork() == 0) _exit(0);
    while (wait(NULL) > 0) {}
    pause();
}
`;
  const window = inWindow({
    openFile: 'bomb.c',
    settings: { 'syscape.sourceLines': 'off' }, // two thousand stacks of two thousand processes
    prepare: folder => writeFileSync(path.join(folder, 'bomb.c'), bomb.trimStart()),
  });

  it('is shown while it runs, and stops when it is told to', async () => {
    await window().processes.open();
    await startTrace(window(), () => window().editorAction('Trace Active C File').click());
    await eventually(
      'the end of its work',
      () => window().timeline.lanes(),
      lanes => /pause/.test(lanes[0]?.state ?? ''),
      60_000,
    );
    await window().screenshot('fork-bomb-live');
    await window().runCommand('Syscape: Stop');
    await window().timeline.waitForEnd();
    assert.match((await window().timeline.lanes())[0]?.state ?? '', /^killed by SIGTERM/);
  });
});
