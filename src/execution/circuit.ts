import type { CircuitBreakerConfig } from "../config/project.ts";
import type { Circuit, CircuitFailure } from "../state/circuit-store.ts";
import { closedCircuit } from "../state/circuit-store.ts";

/** The circuit as it is at `now`: an open one lets a node through again once its time has passed. */
export function circuitAt(circuit: Circuit, now: number): Circuit {
  const over = circuit.state === "open" && now >= (circuit.openUntil ?? 0);
  return over ? { ...circuit, state: "half_open" } : circuit;
}

/** What began before an open circuit was opened says nothing about now. */
export function afterSuccess(circuit: Circuit): Circuit {
  return circuit.state === "open" || (circuit.state === "closed" && circuit.failures === 0)
    ? circuit
    : closedCircuit;
}

export function afterFailure(
  circuit: Circuit,
  lastFailure: CircuitFailure,
  { threshold, timeoutMs }: CircuitBreakerConfig,
  now: number,
): Circuit {
  if (circuit.state === "open") return circuit;
  const failures = circuit.failures + 1;
  if (circuit.state === "closed" && failures < threshold) return { state: "closed", failures, lastFailure };
  return { state: "open", failures, openedAt: now, openUntil: now + timeoutMs, lastFailure };
}
