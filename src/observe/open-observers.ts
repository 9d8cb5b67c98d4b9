import type { Project } from "../config/project.ts";
import { packageVersion } from "../core/package-version.ts";
import type { EventBus } from "../events/event-bus.ts";
import { originOf } from "./http-post.ts";
import type { LineagePlan } from "./lineage/lineage-observer.ts";
import type { Observer } from "./observer.ts";

export interface ObserversOptions {
  readonly project: Project;
  readonly plan: LineagePlan;
  readonly bus: EventBus;
  /** Of other runs on the same bus they are not told. */
  readonly runId: string;
}

/** Everybody whom the settings name under `observe`. */
export interface Observers {
  /** For whoever runs the attempts. */
  readonly hooks: Required<Pick<Observer, "aroundAttempt" | "onOutput">>;
  /** What the session of the run must be told, so that they see what they need. */
  readonly sessionConf: Readonly<Record<string, string>>;
  /** Ends their work, in seconds at most; to be called when the run has ended. */
  close(): Promise<void>;
}

/** How long the end of a run may wait for what is still to be delivered, milliseconds. */
const graceMs = 5_000;

/**
 * Subscribes them to the bus, each with its own module, loaded only when it is named. Whatever fails in one of them
 * is reported once, as `subscriber_failed`, and changes nothing about the run.
 */
export async function openObservers({ project, plan, bus, runId }: ObserversOptions): Promise<Observers> {
  const { lineage, tracing = false, webhooks = [] } = project.settings.observe ?? {};
  const observers: Observer[] = [];
  const unsubscribe: (() => void)[] = [];

  const open = async (name: string, load: (onFailure: (error: unknown) => void) => Promise<Observer>) => {
    const onFailure = (error: unknown) => bus.report(runId, name, error);
    const observer = await load(onFailure).catch((error: unknown) => failing(error));
    observers.push(guarded(observer, onFailure));
    unsubscribe.push(
      bus.subscribe(name, (event) => {
        if (event.runId === runId) observer.handle(event);
      }),
    );
  };

  if (tracing) {
    await open("tracing", async (onFailure) => {
      const { RunTracer } = await import("./tracing/run-tracer.ts");
      return new RunTracer(onFailure);
    });
  }
  if (lineage !== undefined) {
    bus.redactor.add(lineage.apiKey);
    await open("lineage", async (onFailure) => {
      const { lineageObserver } = await import("./lineage/lineage-observer.ts");
      return lineageObserver({
        settings: lineage,
        project,
        plan,
        redactor: bus.redactor,
        version: packageVersion(),
        onLoss: onFailure,
      });
    });
  }
  for (const [index, config] of webhooks.entries()) {
    for (const secret of [config.url, ...Object.values(config.headers)]) {
      // What is shorter is a flag or a number; masked, it would deface every text.
      if (secret.length >= 8) bus.redactor.add(secret);
    }
    await open(`webhook ${index + 1} (${originOf(config.url)})`, async (onLoss) => {
      const { webhookObserver } = await import("./webhooks.ts");
      return webhookObserver({ config, onLoss });
    });
  }

  return {
    hooks: {
      aroundAttempt: (attempt, run) => {
        const wrapped = observers.reduceRight<typeof run>(
          (inner, { aroundAttempt }) =>
            aroundAttempt === undefined ? inner : () => aroundAttempt(attempt, inner),
          run,
        );
        return wrapped();
      },
      onOutput: (output) => {
        const asking = observers.flatMap((observer) => observer.onOutput?.(output) ?? []);
        return asking.length === 0 ? undefined : Promise.allSettled(asking);
      },
    },
    sessionConf: lineage === undefined ? {} : planTextConf,
    close: async () => {
      await Promise.all(observers.map((observer) => observer.close(graceMs)));
      for (const end of unsubscribe) end();
    },
  };
}

/** Without these Spark abbreviates the plans that column lineage is read from; they change no result. */
const planTextConf: Readonly<Record<string, string>> = {
  "spark.sql.debug.maxToStringFields": "100000",
  "spark.sql.maxMetadataStringLength": "100000",
};

/** Stands for an observer that could not be opened; the first event tells why. */
function failing(error: unknown): Observer {
  return {
    handle: () => {
      throw error;
    },
    close: () => Promise.resolve(),
  };
}

/** The observer, and its failures told instead of thrown. */
function guarded(observer: Observer, onFailure: (error: unknown) => void): Observer {
  return {
    handle: (event) => observer.handle(event),
    ...(observer.aroundAttempt !== undefined && {
      aroundAttempt: (attempt, run) => observer.aroundAttempt?.(attempt, run) ?? run(),
    }),
    onOutput: (output) => {
      try {
        return observer.onOutput?.(output);
      } catch (error) {
        onFailure(error);
        return undefined;
      }
    },
    close: (ms) => observer.close(ms).catch(onFailure),
  };
}
