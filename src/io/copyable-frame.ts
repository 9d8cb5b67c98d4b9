import type { DataFrame } from "../sql/data-frame.ts";
import { readsCheckpoint } from "../sql/plan/reads-checkpoint.ts";

/**
 * Runs `use` with the same rows as a DataFrame that a copy of its session can read too. A checkpoint is known by its id
 * to its own session only; a view over it is copied with the session.
 */
export async function withCopyable<T>(frame: DataFrame, use: (frame: DataFrame) => Promise<T>): Promise<T> {
  if (!readsCheckpoint(frame.toPlan())) return await use(frame);
  const session = frame.sparkSession;
  const view = `__sparkwright_${crypto.randomUUID().replaceAll("-", "")}`;
  await frame.createOrReplaceTempView(view);
  try {
    return await use(session.table(view));
  } finally {
    // The write has ended as it has; the view ends with its session at the latest.
    await session.catalog.dropTempView(view).catch(() => {});
  }
}
