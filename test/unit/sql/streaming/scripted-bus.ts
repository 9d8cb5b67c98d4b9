import { create } from "@bufbuild/protobuf";
import {
  type ExecutePlanRequest,
  type ExecutePlanResponse,
  ExecutePlanResponseSchema,
} from "../../../../gen/spark/connect/base_pb.ts";
import { StreamingQueryEventType as Type } from "../../../../gen/spark/connect/commands_pb.ts";
import { type ScriptedClient, scriptedClient } from "../../connect/scripted-client.ts";
import { type Script, serverSideSessionId, sessionId } from "../../connect/scripted-transport.ts";

type ResponseType = ExecutePlanResponse["responseType"];

/** One response of a command. */
export function response(responseId: string, responseType: unknown): ExecutePlanResponse {
  return create(ExecutePlanResponseSchema, {
    sessionId,
    serverSideSessionId,
    responseId,
    responseType: responseType as ResponseType,
  });
}

/** What the server says first to a listener. */
export function added(responseId: string): ExecutePlanResponse {
  return response(responseId, {
    case: "streamingQueryListenerEventsResult",
    value: { listenerBusListenerAdded: true },
  });
}

export function eventText(responseId: string, eventType: number, eventJson: string): ExecutePlanResponse {
  return response(responseId, {
    case: "streamingQueryListenerEventsResult",
    value: { events: [{ eventType, eventJson }] },
  });
}

/** A query was idle; its run id tells events apart. */
export function idle(responseId: string, runId: string): ExecutePlanResponse {
  const event = { id: "q", runId, timestamp: "2026-01-02T03:04:05.678Z" };
  return eventText(responseId, Type.QUERY_IDLE_EVENT, JSON.stringify(event));
}

export interface ScriptedBus extends ScriptedClient {
  /** Which command each execution was. */
  commands(): readonly string[];
}

export function scriptedBus(script: Script): ScriptedBus {
  const scripted = scriptedClient(script);
  const commands = (): readonly string[] =>
    scripted.transport.calls
      .filter(({ method }) => method === "executePlan")
      .map(({ request }) => {
        const { opType } = (request as ExecutePlanRequest).plan ?? {};
        const command = opType?.case === "command" ? opType.value.commandType : undefined;
        return command?.case === "streamingQueryListenerBusCommand"
          ? String(command.value.command.case)
          : String(command?.case);
      });
  return { ...scripted, commands };
}
