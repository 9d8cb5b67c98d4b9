/** The table of design: what each room of `src/` may import besides itself. Anything else fails the build. */
const lower = {
  core: [],
  arrow: ["core"],
  server: ["core"],
  "sql-text": ["core"],
  config: ["core", "sql-text"],
  events: ["core"],
  modules: ["core"],
  formats: ["core"],
  connect: ["core", "gen"],
  sql: ["core", "gen", "arrow", "connect", "sql-text"],
  state: ["core", "events"],
  planning: ["core", "config"],
  validation: ["core", "config", "planning", "modules", "formats", "sql-text"],
  mlops: ["core", "config", "events"],
  io: ["core", "config", "formats", "sql", "sql-text"],
  commands: ["core", "config", "modules", "sql", "sql-text", "mlops"],
} as const satisfies Record<string, readonly string[]>;

const below = ["gen", ...Object.keys(lower)];
const every = [...below, "execution", "observe", "facade"];

export const rooms: Readonly<Record<string, readonly string[]>> = {
  ...lower,
  execution: below.filter((room) => room !== "server"),
  observe: ["core", "config", "events", "sql", "state"],
  facade: every.filter((room) => room !== "facade"),
  cli: [...every, "index.ts"],
  "index.ts": every,
};

/** The only places that may read the environment (relative to `src/`). */
export const environmentReaders: readonly RegExp[] = [
  /^config\//,
  /^connect\/environment\.ts$/,
  /^core\/own-process\.ts$/,
];

/** The only places that may read argv or end the process: the command line and the daemon that is a program itself. */
export const programs: readonly RegExp[] = [/^cli\//, /^server\/supervisor\.ts$/];

/** The median file of `src/` has at most so many lines. */
export const medianLines = 100;

/** Fewer modules than this means that the check looked in the wrong place. Raise it as the tree grows. */
export const fewestModules = 250;
