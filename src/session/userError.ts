/** An error that the user can do something about: a sentence, and the buttons that help. Everything else is a defect and goes to the log. */

export interface ErrorButton {
  title: string;
  run(): unknown;
}

export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    /** In the user's language. */
    message: string,
    readonly buttons: readonly ErrorButton[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The user changed their mind: nothing is shown and nothing is logged as an error. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
