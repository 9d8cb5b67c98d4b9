import { create } from "@bufbuild/protobuf";
import { type UserContext, UserContextSchema } from "../../gen/spark/connect/base_pb.ts";
import type { SparkwrightError } from "../core/error.ts";
import { ProtocolError, SessionClosedError } from "./errors.ts";

/** The fields that every request carries. */
export interface RequestFields {
  readonly sessionId: string;
  readonly userContext: UserContext;
  readonly clientType: string;
  readonly clientObservedServerSideSessionId?: string;
}

/** Who we are to the server, and whether it still knows us. */
export class SessionState {
  readonly sessionId: string;
  readonly userId: string;
  readonly clientType: string;
  readonly #userContext: UserContext;
  #serverSideSessionId: string | undefined;
  #closed: SparkwrightError | undefined;

  constructor(sessionId: string, userId: string, clientType: string, serverSideSessionId?: string) {
    this.sessionId = sessionId;
    this.userId = userId;
    this.clientType = clientType;
    this.#userContext = create(UserContextSchema, { userId, userName: userId });
    this.#serverSideSessionId = serverSideSessionId;
  }

  get serverSideSessionId(): string | undefined {
    return this.#serverSideSessionId;
  }

  requestFields(): RequestFields {
    return {
      sessionId: this.sessionId,
      userContext: this.#userContext,
      clientType: this.clientType,
      ...(this.#serverSideSessionId === undefined
        ? {}
        : { clientObservedServerSideSessionId: this.#serverSideSessionId }),
    };
  }

  /** Thrown when the response is of another session, or of another life of this one. */
  observe(response: { readonly sessionId: string; readonly serverSideSessionId: string }): void {
    if (response.sessionId !== this.sessionId) {
      throw new ProtocolError(
        "CONNECT_SESSION_MISMATCH",
        `The server answered for session ${response.sessionId || "(none)"} instead of ${this.sessionId}.`,
        { hint: "Something between client and server mixes up calls; the answer was not used." },
      );
    }
    const { serverSideSessionId } = response;
    if (serverSideSessionId === "" || serverSideSessionId === this.#serverSideSessionId) return;
    if (this.#serverSideSessionId !== undefined) {
      throw this.close(
        `The server replaced session ${this.sessionId} by a new one (${this.#serverSideSessionId} became ` +
          `${serverSideSessionId}); it probably restarted.`,
      );
    }
    this.#serverSideSessionId = serverSideSessionId;
  }

  /** Marks the session as gone, so that no further call is made in it; the first reason stays. */
  close(reason: string | SparkwrightError): SparkwrightError {
    this.#closed ??= typeof reason === "string" ? new SessionClosedError(this.sessionId, reason) : reason;
    return this.#closed;
  }

  /** Thrown when the session is known to be gone. */
  throwIfClosed(): void {
    if (this.#closed !== undefined) throw this.#closed;
  }
}
