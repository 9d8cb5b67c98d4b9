import { SparkwrightError } from "../core/error.ts";
import type { StateFolder } from "./state-folder.ts";

export interface SparkConfOptions {
  readonly folder: StateFolder;
  readonly token: string;
  readonly cores: number;
  readonly hasDelta: boolean;
  /** The user's settings; they win over the defaults. */
  readonly conf: Readonly<Record<string, string>>;
}

/** What the server's safety and its discovery rest on. */
const reserved = [
  "spark.connect.grpc.binding.address",
  "spark.connect.grpc.binding.port",
  "spark.connect.authenticate.token",
  "spark.driver.host",
  "spark.driver.bindAddress",
  "spark.authenticate",
  "spark.authenticate.secret",
  "spark.authenticate.secret.file",
  "spark.sql.catalogImplementation",
];

/** Thrown when the user's settings would take over what the embedded server sets itself. */
export function checkUserConf(conf: Readonly<Record<string, string>>): void {
  const taken = reserved.find((key) => key in conf);
  if (taken === undefined) return;
  throw new SparkwrightError("SERVER_RESERVED_CONF", `the embedded server sets ${taken} itself`, {
    hint: `remove ${taken} from spark.conf, or run a server of your own and set spark.remote to it`,
    details: { key: taken },
  });
}

/** Every setting of the embedded server. */
export function sparkConf(options: SparkConfOptions): Readonly<Record<string, string>> {
  const { folder, token, cores, hasDelta, conf } = options;
  return {
    "spark.master": "local[*]",
    "spark.app.name": "sparkwright",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.warehouse.dir": folder.warehouse,
    // For `checkpoint()`; what a checkpoint wrote goes when nothing uses it any more.
    "spark.checkpoint.dir": `${folder.temporary}/checkpoints`,
    "spark.cleaner.referenceTracking.cleanCheckpoints": "true",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    // One machine: the 200 partitions of a cluster would be 200 tiny tasks.
    "spark.sql.shuffle.partitions": String(2 * cores),
    ...(hasDelta ? deltaConf : {}),
    // Tables live in a Hive metastore on Derby under `derby.system.home`: the in-memory catalog forgets them at a
    // restart, and to register them again by location would bring dropped ones back and lose views. Its price is the
    // first table access of a server's life: 4.5 s of CPU time more (0.5 in memory), 9 s in a new project; half of
    // that elapses. Creating fewer of its tables (`datanucleus.schema.autoCreateAll=false`) saves 1 s and is not safe.
    "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:;databaseName=metastore;create=true",
    "spark.hadoop.hive.exec.scratchdir": `${folder.temporary}/hive`,
    ...conf,
    "spark.sql.catalogImplementation": "hive",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": "0", // the kernel gives a free one, and the log says which
    "spark.connect.authenticate.token": token,
    // The token guards the port of Spark Connect. On its other ports Spark lets nobody read blocks or send objects who
    // does not have a secret, which a local master makes up and keeps to itself.
    "spark.authenticate": "true",
  };
}

const deltaConf: Readonly<Record<string, string>> = {
  "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
  "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
  // Reading a table's log takes 50 tasks by default: 20 s instead of 5 for a new server's first read.
  "spark.databricks.delta.snapshotPartitions": "2",
};

/** A file that `spark-submit --properties-file` reads (UTF-8, the escapes of java.util.Properties). */
export function formatProperties(conf: Readonly<Record<string, string>>): string {
  const lines = Object.entries(conf).map(
    ([key, value]) => `${escaped(key, /[\\ \t\f=:#!]/g)}=${escaped(value, /[\\]|^ /g)}`,
  );
  return `${lines.join("\n")}\n`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
}
