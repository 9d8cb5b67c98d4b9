import { randomUUID } from "node:crypto";
import type { StartedTestContainer } from "testcontainers";
import { acceptsConnections } from "../../src/server/tcp-probe.ts";

export interface SparkContainerOptions {
  /** Folders of this machine that the server sees under the same path. */
  readonly mounts?: readonly { readonly path: string; readonly mode: "ro" | "rw" }[];
  /** `uid:gid`; default: the image's own user. */
  readonly user?: string;
}

export interface SparkContainer {
  /** Connection string with the token. */
  readonly remote: string;
  readonly address: string;
  readonly container: StartedTestContainer;
}

const port = 15002;
const started = "Spark Connect server started at";

/** Starts the image and waits until Spark itself says that it serves: Docker's proxy accepts before that. */
export async function startSpark(
  image: string,
  options: SparkContainerOptions = {},
): Promise<SparkContainer> {
  const { GenericContainer, Wait } = await import("testcontainers");
  const token = randomUUID();
  const definition = new GenericContainer(image)
    .withEnvironment({ SPARK_CONNECT_AUTHENTICATE_TOKEN: token, SPARK_DRIVER_MEMORY: "3g" })
    .withExposedPorts(port)
    .withBindMounts((options.mounts ?? []).map(({ path, mode }) => ({ source: path, target: path, mode })))
    .withWaitStrategy(Wait.forLogMessage(started))
    .withStartupTimeout(120_000);
  if (options.user !== undefined) definition.withUser(options.user);
  const container = await definition.start();
  // On a machine that is a container itself Testcontainers names the bridge's address, where a token would need TLS.
  const here = await acceptsConnections(container.getMappedPort(port), 2_000);
  const address = `sc://${here ? "localhost" : container.getHost()}:${container.getMappedPort(port)}`;
  return { remote: `${address}/;token=${token}`, address, container };
}
