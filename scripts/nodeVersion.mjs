/**
 * Imported first by every script a newcomer starts: says plainly that Node is too old, instead of a syntax error somewhere else.
 * Written so that old Node versions can read it.
 */

const oldest = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `Syscape needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one, for example: https://nodejs.org/en/download',
  );
  process.exit(1);
}
