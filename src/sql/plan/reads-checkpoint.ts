import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { type AnyMessage, messagesIn } from "./message-tree.ts";

/** Whether a plan reads rows that its own session alone knows, by an id: those of a checkpoint. */
export function readsCheckpoint(plan: Relation): boolean {
  const seen = new Set<AnyMessage>();
  const enter = (message: AnyMessage) => !seen.has(message) && seen.add(message) !== undefined;
  for (const { $typeName } of messagesIn(plan, enter)) {
    if ($typeName === "spark.connect.CachedRemoteRelation") return true;
  }
  return false;
}
