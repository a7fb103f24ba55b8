/** What every part of the view is given: the state, the way to the host, the texts, the colours, and the things a user can do. */

import type { StringKey, ToHost } from '../protocol.js';
import type { Actions } from './actions.js';
import type { HostClient } from './rpc.js';
import type { Store } from './store.js';
import type { ThemeSource } from './theme.js';

export type Translate = (key: StringKey, ...values: (string | number)[]) => string;

export interface Context {
  readonly store: Store;
  readonly host: HostClient;
  readonly t: Translate;
  readonly theme: ThemeSource;
  readonly actions: Actions;
  post(message: ToHost): void;
  /** Shows an error of a question to the host, unless it was only overtaken. */
  failed(error: unknown): void;
  /** Says something to a screen reader. */
  announce(text: string): void;
}
