/**
 * The timeline's page without VS Code: the real bundle and style sheet, a theme's variables, and a host that answers over HTTP. For the
 * frame bench and for looking at the view in any browser.
 */

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TraceSummary } from '../../../src/trace/api.js';
import type { HostMethods, TimelineTrace } from '../../../src/views/timeline/protocol.js';
import { timelineStrings } from '../../../src/views/timeline/strings.js';
import { themeKinds, themes, type ThemeName } from './themes.js';
import { fromWireSource, toWire } from './wire.js';

type Awaitable<T> = T | Promise<T>;

/** What the page is served from: the answers of HostMethods and the newest state. */
export interface HarnessHost {
  answer(method: keyof HostMethods, argument: unknown): Awaitable<unknown>;
  trace(): TimelineTrace | null;
  summary(): TraceSummary | null;
}

export interface HarnessServer {
  /** Address of the page in a theme. */
  url(theme: ThemeName): string;
  close(): Promise<void>;
}

const english = timelineStrings({ t: message => message });

export async function serveTimeline(host: HarnessHost, distFolder: string): Promise<HarnessServer> {
  const server = createServer((request, response) => {
    void respond(host, distFolder, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: theme => `http://127.0.0.1:${port}/?theme=${theme}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}

async function respond(
  host: HarnessHost,
  dist: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://harness');
  const send = (type: string, body: string | Buffer) => response.writeHead(200, { 'content-type': type }).end(body);
  switch (url.pathname) {
    case '/':
      return void send('text/html; charset=utf-8', page((url.searchParams.get('theme') ?? 'dark') as ThemeName));
    case '/timeline.js':
      return void send('text/javascript', await readFile(`${dist}/webview/timeline.js`));
    case '/timeline.css':
      return void send('text/css', await readFile(`${dist}/webview/timeline.css`));
    case '/state':
      return void send(
        'application/octet-stream',
        toWire({ trace: host.trace(), summary: host.summary(), strings: english }),
      );
    case '/request': {
      const { method, argument } = JSON.parse(await bodyOf(request)) as {
        method: keyof HostMethods;
        argument: unknown;
      };
      return void send('application/octet-stream', toWire(await host.answer(method, argument)));
    }
    default:
      response.writeHead(404).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What VS Code puts into every webview, as far as it can get in the way. */
const webviewDefaults = `body { padding: 0 20px; font-size: 13px; }
code { padding: 1px 3px; border-radius: 4px; color: #d7ba7d; background: rgba(128, 128, 128, 0.3); }
kbd { padding: 1px 3px; border-radius: 3px; vertical-align: middle; box-shadow: inset 0 -1px 0 gray; }`;

function page(theme: ThemeName): string {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `<!doctype html><html><head><meta charset="utf-8"><title>Timeline</title>
<style>html { ${variables.join(' ')} } ${webviewDefaults}</style><link rel="stylesheet" href="/timeline.css"></head>
<body class="${themeKinds[theme]}"><script>${fromWireSource}
const receive = data => window.dispatchEvent(new MessageEvent('message', { data }));
const sent = (window.sentToHost = []);
async function state(changedOnly) {
  const { trace, summary, strings } = fromWire(await (await fetch('/state')).arrayBuffer());
  receive(changedOnly && trace ? { type: 'changed', summary, phase: trace.phase, notice: trace.notice }
                               : { type: 'trace', trace, summary, strings });
  return summary;
}
window.refreshState = () => state(true);
window.acquireVsCodeApi = () => ({
  getState: () => window.savedState,
  setState: value => { window.savedState = value; },
  async postMessage(message) {
    if (message.type === 'ready') await state(false);
    else if (message.type !== 'request') sent.push(message);
    else {
      const response = await fetch('/request', { method: 'POST', body: JSON.stringify(message) });
      const result = response.ok
        ? { ok: fromWire(await response.arrayBuffer()) }
        : { err: { code: 'error', message: await response.text() } };
      receive({ type: 'response', seq: message.seq, result });
    }
  },
});
</script><script src="/timeline.js"></script></body></html>`;
}
