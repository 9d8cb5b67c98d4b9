export type NodeLogLevel = "debug" | "info" | "warn" | "error";

/** Facts beside a message; anything goes, bigints and errors too. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What a node says while it runs. It ends up in the run's log file and on the terminal. */
export interface NodeLog {
  /** Says what helps to find a fault; shown with `log_level: debug`. */
  debug(message: string, fields?: LogFields): void;
  /** Says what a reader of the log should know. */
  info(message: string, fields?: LogFields): void;
  /** Says what may be wrong, and lets the node go on. */
  warn(message: string, fields?: LogFields): void;
  /** Says what is wrong; the node still ends as its code ends. */
  error(message: string, fields?: LogFields): void;
}

const severity: Readonly<Record<NodeLogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** A log that hands on what is at least as severe as `level`. */
export function nodeLog(
  level: NodeLogLevel,
  write: (level: NodeLogLevel, message: string, fields: LogFields) => void,
): NodeLog {
  const at = (own: NodeLogLevel) => {
    if (severity[own] < severity[level]) return () => {};
    return (message: string, fields: LogFields = {}) => write(own, String(message), fields);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
