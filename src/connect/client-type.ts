import { SparkwrightError } from "../core/error.ts";

const maxLength = 2_048;
const sparkVersion = "4.2.0";

/**
 * The `client_type` of every request: `<agent> spark/<v> os/<os> node/<v>`.
 *
 * Thrown when the agent is longer than 2,048 characters once percent-encoded: `CONNECT_INVALID_USER_AGENT`.
 */
export function clientType(agent: string): string {
  const length = encodeURIComponent(agent).length;
  if (length > maxLength) {
    throw new SparkwrightError(
      "CONNECT_INVALID_USER_AGENT",
      `The user agent has ${length} characters percent-encoded; at most ${maxLength} are allowed.`,
    );
  }
  return `${agent} spark/${sparkVersion} os/${process.platform} node/${process.versions.node}`;
}
