/** What the core needs of a log: the output channel in the editor, stderr in the command line, an array in tests. */
export interface Logger {
  error(message: string, error?: unknown): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}
