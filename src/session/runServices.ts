/** What a run needs of the rest. */

import type { Calibration } from '../trace/capture/calibration.js';
import type { RunningRecords } from '../trace/capture/leftovers.js';
import type { StraceProbe } from '../trace/capture/probe.js';
import type { Logger } from '../trace/logger.js';
import type { OpenOptions, TraceSource } from '../trace/traceSource.js';
import type { Problems } from './problems.js';
import type { TracedTasks } from './tracedTask.js';

export type OpenTrace = (options: OpenOptions) => TraceSource;

export interface RunServices {
  probe: StraceProbe;
  calibration: Calibration;
  problems: Problems;
  tasks: TracedTasks;
  running: RunningRecords;
  openTrace: OpenTrace;
  log: Logger;
}
