import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from "node:fs";
import { checkOwn, openOwnFile, writeOwnFile } from "../core/own-files.ts";

const maxBytes = 20_000_000;
const tailBytes = 64_000;

/** Opens the log of a new server for appending; the one before stays as `<file>.1`. */
export function openLog(file: string): number {
  if (existsSync(file)) renameSync(file, `${file}.1`);
  return openOwnFile(file, "append");
}

/** Moves a log that has become too long aside, while the server goes on writing it. */
export function limitLog(file: string): void {
  if (!existsSync(file) || statSync(file).size < maxBytes) return;
  checkOwn(file);
  writeOwnFile(`${file}.1`, readFileSync(file));
  const log = openOwnFile(file, "update");
  ftruncateSync(log);
  closeSync(log);
}

/** The end of a log, whole lines; empty when there is none. */
export function readLogTail(file: string): string {
  if (!existsSync(file)) return "";
  checkOwn(file);
  const log = openSync(file, "r");
  try {
    const { size } = fstatSync(log);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(log, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.toString("utf8");
    return size > tailBytes ? text.slice(text.indexOf("\n") + 1) : text;
  } finally {
    closeSync(log);
  }
}

/** The port in the line by which the server says that it is up. */
export function portInLog(log: string): number | undefined {
  const port = /Spark Connect server started at: .*?:(\d+)\s*$/m.exec(log)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Log4j: warnings and worse, and the line that says where the server listens. */
export const logConf = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{yyyy-MM-dd HH:mm:ss.SSS} %p %c{1}: %m%n%ex
logger.connect.name = org.apache.spark.sql.connect.service.SparkConnectServer
logger.connect.level = info
`;
