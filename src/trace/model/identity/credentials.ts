/**
 * User and group ids by the rules of credentials(7): what each set*id call makes of the real, effective and saved id. A number that
 * no call of the log has shown is null and stays null.
 */

import type { IdTriple } from '../../modelApi.js';

export const unknownIds: IdTriple = { real: null, effective: null, saved: null };

/** Argument of a set*id call: -1 (printed so, or as the unsigned number) leaves the id alone. */
export function idArgument(value: number): number | null {
  return value < 0 || value === 0xffff_ffff || Number.isNaN(value) ? null : value;
}

/** setuid(2), setgid(2): a privileged caller sets all three, others the effective one. `privileged` null: the log cannot tell. */
export function setId(before: IdTriple, id: number, privileged: boolean | null): IdTriple {
  if (privileged === true) return { real: id, effective: id, saved: id };
  if (privileged === false) return { ...before, effective: id };
  // Either way the effective id is `id`; the others changed only if the caller was privileged.
  const either = (old: number | null): number | null => (old === id ? id : null);
  return { real: either(before.real), effective: id, saved: either(before.saved) };
}

/** setreuid(2): the saved id follows the effective one when the real id is set, or the effective to something else than the real. */
export function setRealEffective(before: IdTriple, real: number | null, effective: number | null): IdTriple {
  const after = { real: real ?? before.real, effective: effective ?? before.effective, saved: before.saved };
  if (real !== null) after.saved = after.effective;
  else if (effective !== null) {
    if (before.real === null) after.saved = before.saved === effective ? effective : null;
    else if (effective !== before.real) after.saved = effective;
  }
  return after;
}

export function setAll(
  before: IdTriple,
  real: number | null,
  effective: number | null,
  saved: number | null,
): IdTriple {
  return { real: real ?? before.real, effective: effective ?? before.effective, saved: saved ?? before.saved };
}
