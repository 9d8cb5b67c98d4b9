import { SparkwrightError, type SparkwrightErrorOptions } from "../core/error.ts";

/** Thrown when a request needs a newer Spark than the server is: `SERVER_TOO_OLD`. The cause is what the server said. */
export class ServerTooOldError extends SparkwrightError {
  override readonly name: string = "ServerTooOldError";
  /** What the server lacks. */
  readonly feature: string;
  /** The first release of Spark that has it, as `4.1`. */
  readonly neededVersion: string;
  /** The server's release. */
  readonly serverVersion: string;

  constructor(
    feature: string,
    neededVersion: string,
    serverVersion: string,
    options: SparkwrightErrorOptions = {},
  ) {
    super(
      "SERVER_TOO_OLD",
      `The server is Spark ${serverVersion}, and ${feature} needs Spark ${neededVersion} or later.`,
      {
        hint: `Use a server of Spark ${neededVersion} or later, or do without it.`,
        ...options,
        details: { feature, neededVersion, serverVersion },
      },
    );
    this.feature = feature;
    this.neededVersion = neededVersion;
    this.serverVersion = serverVersion;
  }
}
