/** What the environment says about connecting; the only reader of these variables. Empty values count as unset. */
export interface ConnectEnvironment {
  /** SPARK_REMOTE */
  readonly remote: string | undefined;
  /** SPARK_CONNECT_AUTHENTICATE_TOKEN */
  readonly token: string | undefined;
  /** SPARK_CONNECT_USER_AGENT */
  readonly userAgent: string | undefined;
  /** SPARK_USER, else USER */
  readonly userId: string | undefined;
}

export function readConnectEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ConnectEnvironment {
  return {
    remote: env["SPARK_REMOTE"] || undefined,
    token: env["SPARK_CONNECT_AUTHENTICATE_TOKEN"] || undefined,
    userAgent: env["SPARK_CONNECT_USER_AGENT"] || undefined,
    userId: env["SPARK_USER"] || env["USER"] || undefined,
  };
}
