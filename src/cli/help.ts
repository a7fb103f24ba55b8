/** What `syscape --help` prints. */

export const helpText = `Usage:
  syscape report [--json] [-o FILE] LOG…              report on strace logs
  syscape report [--json] [-o FILE] -- PROGRAM ARG…   trace a program, then report
  syscape check [--fail-on SEVERITY] [--sarif FILE] LOG…
  syscape check [--fail-on SEVERITY] [--sarif FILE] -- PROGRAM ARG…
                                                      say what is wrong, with the proof

A LOG is a file written by strace (best: strace -f -ttt -T -o FILE), or a folder with
the files of one "strace -ff" run.

The report is a tree of the processes, how each ended and who reaped it, and a table of
the system calls. It goes to standard output; a traced program's own output comes before
it there, so use -o to keep them apart.

A log with stacks (strace -k) leads check to lines of C. What a comment there ignores,
"// syscape-ignore: RULE" on the line or alone on the one before, is only counted.

Options:
  --json         one JSON object for each log, each on a line (schema: docs/report.md)
  -o, --output   write the report to this file
  --fail-on S    check fails on findings of this severity and graver ones:
                 error, warning (when not given) or info
  --severity R=L findings of rule R are as grave as L (error, warning, info), or not told
                 at all (off); may be given several times
  --zombie-ms N  a dead child is worth a finding after so many milliseconds (500)
  --orphan-ms N  so is a process that outlived its parent by so many (100)
  --sarif FILE   check writes its findings as SARIF 2.1.0, too
  -h, --help     this text
  -V, --version  the version

When tracing a program:
  --log FILE     keep strace's log
  --all          trace every system call, not only those that Syscape looks at
  --strace PATH  the strace to use

The program keeps the terminal: its input, its output and Ctrl-C are its own.

Exit status:
  0    all logs were reported on
  1    a log could not be read, or the program could not be traced
  2    the command line makes no sense
  When a program was traced: the program's own, 128 + N when signal N killed it.

Exit status of check:
  0    nothing of that severity was found
  1    something was found
  2    the command line makes no sense, or something could not be checked
`;
