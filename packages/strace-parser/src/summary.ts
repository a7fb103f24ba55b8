/**
 * The table of -c and -C at the end of a log: a header, dashes, a row for each syscall, dashes, the total.
 */

const headerWords = new Set(
  '% time seconds usecs/call calls errors syscall total-time min-time max-time avg-time shortest longest name'.split(
    ' ',
  ),
);
const dashes = /^-+(?: +-+)+ *$|^-{8,}$/;
const row = /^ *(?:\d+(?:\.\d+)? +)*[A-Za-z_?][\w?]*(?: +\d+(?:\.\d+)?)*$/;
const title = /^System call usage summary for .* mode:$/;

export class SummaryTable {
  /** The header was seen and the total was not. */
  open = false;

  /** True when the line belongs to a table. */
  takes(line: string): boolean {
    if (this.open) {
      if (dashes.test(line)) return true;
      if (row.test(line)) {
        if (/\btotal$/.test(line) || /^ *total\b/.test(line)) this.open = false;
        return true;
      }
      this.open = false;
    }
    const words = line.split(/ +/).filter(word => word !== '');
    if (words.length > 1 && words.every(word => headerWords.has(word))) return (this.open = true);
    return title.test(line);
  }
}
