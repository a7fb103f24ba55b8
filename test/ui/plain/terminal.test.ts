/** The program's terminal while it is traced, and how runs end: input, window size, Ctrl-C, Stop, compiler messages. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { startTrace } from '../support/traceRun.js';

const dialogue = `
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
static void interrupted(int signal) { (void)signal; write(1, "interrupted\\n", 12); _exit(3); }
int main(int argc, char **argv)
{
    struct winsize size = {0};
    char line[100];
    signal(SIGINT, interrupted);
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    for (int i = 1; i < argc; i++) printf("argument %d is %s\\n", i, argv[i]);
    printf("tty %d, %s\\n", isatty(STDIN_FILENO) && isatty(STDOUT_FILENO), size.ws_col > 20 ? "wide" : "no size");
    printf("\\033[32mgreen\\033[0m name? ");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) { printf("hello %s", line); fflush(stdout); }
    return 4;
}
`;

const stubborn = `
#include <signal.h>
#include <unistd.h>
int main(void)
{
    signal(SIGTERM, SIG_IGN);
    if (fork() == 0) signal(SIGHUP, SIG_IGN);
    for (;;) pause();
}
`;

const broken = `
#include <stdio.h>

int main(void)
{
    int unused;
    puts("no semicolon")
    return 0;
}
`;

describe('a program that is traced in a terminal', () => {
  const window = inWindow({
    openFile: 'dialogue.c',
    prepare: folder => {
      for (const [name, text] of Object.entries({ dialogue, stubborn, broken })) {
        writeFileSync(path.join(folder, `${name}.c`), text.trimStart());
      }
    },
  });
  const terminalShows = (text: string | RegExp) =>
    eventually(
      `${text} in the terminal`,
      () => window().terminalText(),
      shown => (typeof text === 'string' ? shown.includes(text) : text.test(shown)),
    );
  const type = (text: string) => window().terminalInput.pressSequentially(text);

  it('comes to the front when the program waits for input, and has a size', async () => {
    await window().editorAction('Trace Active C File').click();
    await terminalShows('green name?');
    await terminalShows('tty 1, wide');
  });

  it('passes on what is typed', async () => {
    await type('Ada\n');
    await terminalShows('hello Ada');
    await window().screenshot('terminal-input');
  });

  it('passes Ctrl-C to the program, whose exit code is told', async () => {
    await window().terminalInput.press('Control+C');
    await terminalShows('interrupted');
    await window().statusSays('dialogue exited with 3');
  });

  it('ends a program that ignores SIGTERM, and its children, on Stop', async () => {
    await window().openFile('stubborn.c');
    const { pid } = await startTrace(window(), () => window().runCommand('Syscape: Trace Active C File'));
    await window().timeline.waitForLane(lane => lane.pid !== pid && /pause/.test(lane.state));
    await window().runCommand('Syscape: Stop');
    await window().timeline.waitForEnd();
    const lanes = await window().timeline.lanes();
    assert.equal(lanes.length, 2);
    for (const { state } of lanes) assert.match(state, /^killed by SIGKILL/);
    await window().screenshot('stopped');
  });

  it('does not start when the compiler finds an error, which Problems shows on its line', async () => {
    await window().openFile('broken.c');
    const runs = (await window().timeline.lanes())[0]?.pid;
    await window().runCommand('Syscape: Trace Active C File');
    await window()
      .page.locator('.statusbar-item[aria-label*="Errors: 1"], .statusbar-item[aria-label*="1 Error"]')
      .first()
      .waitFor();
    await window().runCommand('Problems: Focus on Problems View');
    const problems = await eventually(
      'the error in Problems',
      () => window().page.locator('.markers-panel .monaco-list-row').allInnerTexts(),
      rows => rows.some(row => row.includes('expected ‘;’ before ‘return’') || row.includes("expected ';'")),
    );
    assert.match(problems.join('\n'), /\[Ln 6, Col \d+\]/);
    assert.match(problems.join('\n'), /unused variable/);
    await window().screenshot('compile-error');
    await window().runCommand('Syscape: Focus on Timeline View');
    await window().timeline.waitForLane(lane => lane.pid === runs);
  });
});
