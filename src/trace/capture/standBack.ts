/**
 * Lets the calling thread stand back for the traced program: on a busy machine both want the same cores, and who follows a log can
 * wait a little.
 *
 * It helps against whatever shares a scheduling group with the editor. Where each session is a group of its own (autogroup, sched(7)),
 * a program in another terminal gets its share of the processors anyway. The engine's compiling and collecting threads belong to the
 * whole process and keep their priority.
 *
 * On Linux a priority belongs to a thread (setpriority(2), NOTES): given the number of a worker's thread, only that one becomes nicer.
 * It cannot be taken back without privileges, which does no harm: on an idle machine a nice thread is as fast as any.
 */

import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** About a third of an ordinary thread's share when both want the same core. */
const NICE = 5;

export function standBack(): void {
  try {
    // `PID/task/TID`
    const tid = Number(readlinkSync('/proc/thread-self').split('/')[2]);
    if (tid > 0 && getPriority(tid) < NICE) setPriority(tid, NICE);
  } catch {
    // Without /proc nobody knows the thread's number: it goes on as it is.
  }
}
