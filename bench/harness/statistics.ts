/** The value below which this share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** `p10–p90` of the samples, or `min–max` of a few. */
export function spread(samples: readonly number[], digits: number): string {
  const [low, high] = samples.length < 20 ? [0, 1] : [0.1, 0.9];
  return `${quantile(samples, low).toFixed(digits)}–${quantile(samples, high).toFixed(digits)}`;
}
