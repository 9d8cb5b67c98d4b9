import { SparkwrightError } from "../../core/error.ts";

/** How long one request waits on the server, ms: far below the deadline of a call and the idle time of a proxy. */
const sliceMs = 30_000;

/**
 * Waits on the server, slice by slice, until it says that what is waited for has happened, or `timeoutMs` are over.
 * Thrown when the timeout is no positive number: `USAGE_OUT_OF_RANGE`.
 */
export async function awaitInSlices(
  method: string,
  timeoutMs: number | undefined,
  waitOnServer: (timeoutMs: bigint) => Promise<boolean>,
): Promise<boolean> {
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${method}(${timeoutMs}): not a time to wait`, {
      hint: "Pass more than 0 milliseconds, or leave the timeout out.",
    });
  }
  const start = performance.now();
  let left = timeoutMs ?? Number.POSITIVE_INFINITY;
  for (let waited = 0; left > 0; ) {
    const slice = Math.ceil(Math.min(left, sliceMs));
    if (await waitOnServer(BigInt(slice))) return true;
    waited += slice;
    if (timeoutMs !== undefined) left = timeoutMs - Math.max(waited, performance.now() - start);
  }
  return false;
}
