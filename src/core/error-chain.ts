/** What was thrown, and what caused it, each once. */
export function chainOf(thrown: unknown): readonly unknown[] {
  const chain = new Set<unknown>();
  let at = thrown;
  do {
    chain.add(at);
    at = at instanceof Error ? at.cause : undefined;
  } while (at !== undefined && !chain.has(at));
  return [...chain];
}
