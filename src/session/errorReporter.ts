/** Shows what went wrong, once, and logs it. Invariant: a cancellation is silent, and a button's own failure is reported like any other. */

import { l10n, window } from 'vscode';
import { CaptureError } from '../trace/capture/captureError.js';
import type { Logger } from '../trace/logger.js';
import { captureMessage, type ErrorActions } from './captureMessages.js';
import { CancelledError, UserError } from './userError.js';

export class ErrorReporter {
  constructor(
    private readonly log: Logger,
    private readonly showLog: () => void,
    private readonly actions: ErrorActions,
  ) {}

  /** Resolves at once; what the user clicks is handled when they do. */
  report(error: unknown): void {
    if (error instanceof CancelledError) return;
    const { message, buttons } = this.#toUserError(error);
    void window.showErrorMessage(message, ...buttons.map(button => button.title)).then(async title => {
      try {
        await buttons.find(button => button.title === title)?.run();
      } catch (failure) {
        this.report(failure);
      }
    });
  }

  /** The sentence for a view that shows the failure in its place. */
  describe(error: unknown): string {
    return error instanceof UserError || error instanceof CaptureError
      ? this.#toUserError(error).message
      : String(error);
  }

  #toUserError(error: unknown): UserError {
    const known = error instanceof CaptureError ? captureMessage(error.fault, this.actions) : error;
    if (known instanceof UserError) {
      this.log.warn(known.message);
      return known;
    }
    this.log.error('Unexpected failure', error);
    return new UserError(l10n.t('Syscape failed: {0}', error instanceof Error ? error.message : String(error)), [
      { title: l10n.t('Show Log'), run: this.showLog },
    ]);
  }
}
