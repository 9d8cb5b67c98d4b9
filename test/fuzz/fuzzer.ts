/** An input that gave what it must not give. */
export interface Finding {
  /** Which kind of fault, in few words; of one kind, one input is kept. */
  readonly name: string;
  /** Plain JSON, from which `replay` does the same again. */
  readonly input: unknown;
  readonly message: string;
}

export interface FuzzOptions {
  readonly seed: number;
  /** When to begin no further input. */
  readonly seconds: number;
  readonly keep: (finding: Finding) => void;
  /** Told what is going on, a line at a time. */
  readonly log?: ((line: string) => void) | undefined;
  /** Ends at the first finding, and makes it no smaller. */
  readonly first?: boolean | undefined;
}

export interface FuzzResult {
  readonly tried: number;
  readonly findings: number;
  readonly counts: Readonly<Record<string, number>>;
  /** For those counts that need one, an example of what was counted. */
  readonly examples?: Readonly<Record<string, string>> | undefined;
}

/** A way of making inputs, and of judging what comes of them. */
export interface Fuzzer {
  readonly name: string;
  run(options: FuzzOptions): Promise<FuzzResult>;
  /** Does a kept input again; resolves to what is wrong with what it gives, or `undefined`. */
  replay(input: unknown): Promise<string | undefined>;
}
