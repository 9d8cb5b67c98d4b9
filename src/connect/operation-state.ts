import { GetStatusResponse_OperationStatus_OperationState as State } from "../../gen/spark/connect/base_pb.ts";

/** `unknown`: the server never heard of the operation, or has forgotten it. */
export type OperationState = "unknown" | "running" | "terminating" | "succeeded" | "failed" | "cancelled";

const states: ReadonlyMap<number, OperationState> = new Map([
  [State.RUNNING, "running"],
  [State.TERMINATING, "terminating"],
  [State.SUCCEEDED, "succeeded"],
  [State.FAILED, "failed"],
  [State.CANCELLED, "cancelled"],
]);

export function operationStateOf(state: number): OperationState {
  return states.get(state) ?? "unknown";
}
