/** The timeline as an editor: a `*.strace` file, read only. One editor a file; its session ends with it. */

import {
  Disposable,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import type { customEditorIds } from '../../session/contributions.js';
import type { Timelines } from './timelines.js';

export class TraceEditorProvider implements CustomReadonlyEditorProvider, Disposable {
  static readonly id: (typeof customEditorIds)[number] = 'syscape.trace';
  readonly #open = new Set<Disposable>();

  constructor(private readonly timelines: Timelines) {}

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor(document: CustomDocument, panel: WebviewPanel): void {
    const { sessions } = this.timelines;
    // The log of a run that is still in the list is shown as that run: live, with its program's name.
    const session = sessions.open(document.uri.fsPath);
    const bridge = this.timelines.attach(panel.webview);
    bridge.show(session);
    bridge.setVisible(panel.visible);
    panel.onDidChangeViewState(() => {
      bridge.setVisible(panel.visible);
      if (panel.active) sessions.activate(session);
    });
    const closing = new Disposable(() => this.timelines.detach(bridge));
    this.#open.add(closing);
    panel.onDidDispose(() => {
      this.#open.delete(closing);
      closing.dispose();
      if (session.saved) void sessions.close(session);
    });
  }

  dispose(): void {
    for (const closing of this.#open) closing.dispose();
    this.#open.clear();
  }
}
