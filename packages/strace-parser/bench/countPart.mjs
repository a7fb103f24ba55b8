/** What the workers do in the measurement of scaling: count calls, and the values in their arguments when `data` says so. */

export function createPart(withArguments) {
  const total = { calls: 0, values: 0 };
  const call = withArguments
    ? record => {
        total.calls++;
        total.values += record.arguments().length;
      }
    : () => void total.calls++;
  return { sink: { call }, result: () => total };
}
