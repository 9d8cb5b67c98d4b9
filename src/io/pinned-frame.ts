import { createHash } from "node:crypto";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SaveRequest } from "./save-request.ts";

/**
 * Runs `use` with a DataFrame that is computed once, however often it is read, also from a copy of the session.
 *
 * It is kept under the name of a global view, because the server analyses a plan anew for every request: an
 * expression such as `rand()` would then become another one, whose rows nobody keeps. The name is that of the
 * request's dataset in its run, so that a later attempt gives up what a dead one has left.
 */
export async function withPinned<T>(
  { session, dataset, tag }: SaveRequest,
  frame: DataFrame,
  use: (pinned: DataFrame) => Promise<T>,
): Promise<T> {
  const identity = JSON.stringify([tag.pipeline, tag.node, tag.runId, dataset.name]);
  const view = `sparkwright_${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  const name = `global_temp.${view}`;
  const giveUp = async () => {
    await session.catalog.uncacheTable(name);
    await session.catalog.dropGlobalTempView(view);
  };
  if (tag.attempt > 1 && (await session.catalog.tableExists(name))) await giveUp();
  await frame.createOrReplaceGlobalTempView(view);
  const pinned = session.table(name);
  try {
    return await use(await pinned.persist());
  } finally {
    // What was to be done is done or has failed; a server that is gone keeps nothing.
    await pinned
      .unpersist()
      .then(giveUp)
      .catch(() => {});
  }
}
