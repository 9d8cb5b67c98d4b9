import { create } from "@bufbuild/protobuf";
import { type ExecutePlanResponse, PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import type { ConnectClient } from "../../connect/connect-client.ts";
import { ProtocolError } from "../../connect/errors.ts";
import type { ActionOptions, CommandKind } from "../execution.ts";
import { asStreamingQueryError } from "./streaming-query-error.ts";

type ResponseType = ExecutePlanResponse["responseType"];
type ResponseCase = NonNullable<ResponseType["case"]>;
type ResponseValue<C extends ResponseCase> = Extract<ResponseType, { case: C }>["value"];

/**
 * Executes a command and returns the response of the expected kind. Thrown when there is none, and a
 * {@link StreamingQueryError} when the command fails because a query did.
 */
export async function streamingCommand<C extends ResponseCase>(
  client: ConnectClient,
  commandType: CommandKind,
  expected: C,
  options: ActionOptions,
): Promise<ResponseValue<C>> {
  const plan = create(PlanSchema, { opType: { case: "command", value: { commandType } } });
  let value: unknown;
  try {
    for await (const { responseType } of client.execute(plan, options)) {
      if (responseType.case === expected) value = responseType.value;
    }
  } catch (error) {
    throw asStreamingQueryError(error);
  }
  if (value === undefined) throw noAnswer(String(commandType.case), expected);
  return value as ResponseValue<C>;
}

/** The error for a command whose answer does not hold what it was asked for. */
export function noAnswer(command: string, expected: string): ProtocolError {
  return new ProtocolError("CONNECT_NO_ANSWER", `The server did not answer ${command} with ${expected}.`, {
    hint: "Check that the server is a Spark Connect server of version 4.0 or later.",
  });
}
