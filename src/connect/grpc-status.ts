/** The gRPC status codes, as numbered by the protocol. */
export const GrpcStatus = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcStatusName = keyof typeof GrpcStatus;

/** The name of a status number; an unknown number is `UNKNOWN`. */
export function grpcStatusName(status: number): GrpcStatusName {
  const found = Object.entries(GrpcStatus).find(([, value]) => value === status);
  return (found?.[0] ?? "UNKNOWN") as GrpcStatusName;
}
