/** Whether somebody watches: in CI, and on a terminal that only appends, lines are never drawn twice. */
export function canRedraw(variables: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const ci = variables["CI"] ?? "";
  const inCi = ci !== "" && ci !== "0" && ci.toLowerCase() !== "false";
  return !inCi && variables["TERM"] !== "dumb";
}
