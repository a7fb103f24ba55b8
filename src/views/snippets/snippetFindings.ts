/** Which findings a snippet is the answer to: the rules that name it. */

/** Names of rules. The rules are loaded when somebody looks. */
export async function findingsAnsweredBy(prefix: string): Promise<string[]> {
  const { rules } = await import('../../trace/findings/rules.js');
  return rules.filter(({ snippet }) => snippet === prefix).map(({ id }) => id);
}
