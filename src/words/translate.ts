/** How words get translated: views hand in `vscode.l10n.t`, the command line a plain one. The English text is the key. */

export type Translate = (message: string, ...args: (string | number)[]) => string;

/** English: fills `{0}`, `{1}` … and translates nothing. */
export const plainTranslate: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
