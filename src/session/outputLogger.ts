import type { LogOutputChannel } from 'vscode';
import type { Logger } from '../trace/logger.js';

/** The core's Logger over the editor's output channel; the channel's level filters. */
export function outputLogger(channel: LogOutputChannel): Logger {
  return {
    error(message, error) {
      channel.error(message);
      if (error !== undefined) channel.error(error instanceof Error ? error : String(error));
    },
    warn: message => channel.warn(message),
    info: message => channel.info(message),
    debug: message => channel.debug(message),
  };
}
