/** Where a cached DataFrame is kept. @see org.apache.spark.storage.StorageLevel */
export interface StorageLevel {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  readonly deserialized: boolean;
  readonly replication: number;
}

type LevelName =
  | "NONE"
  | "DISK_ONLY"
  | "DISK_ONLY_2"
  | "DISK_ONLY_3"
  | "MEMORY_ONLY"
  | "MEMORY_ONLY_2"
  | "MEMORY_AND_DISK"
  | "MEMORY_AND_DISK_2"
  | "MEMORY_AND_DISK_DESER"
  | "OFF_HEAP";

function level(useDisk: boolean, useMemory: boolean, deserialized: boolean, replication = 1): StorageLevel {
  return Object.freeze({ useDisk, useMemory, useOffHeap: false, deserialized, replication });
}

/** Spark's named storage levels; `MEMORY_AND_DISK_DESER` is that of `cache()`. */
export const StorageLevels: Readonly<Record<LevelName, StorageLevel>> = {
  NONE: level(false, false, false),
  DISK_ONLY: level(true, false, false),
  DISK_ONLY_2: level(true, false, false, 2),
  DISK_ONLY_3: level(true, false, false, 3),
  MEMORY_ONLY: level(false, true, false),
  MEMORY_ONLY_2: level(false, true, false, 2),
  MEMORY_AND_DISK: level(true, true, false),
  MEMORY_AND_DISK_2: level(true, true, false, 2),
  MEMORY_AND_DISK_DESER: level(true, true, true),
  OFF_HEAP: Object.freeze({ ...level(true, true, false), useOffHeap: true }),
};

/**
 * A level as this one object of `StorageLevels` where it has a name, so that `===` compares; else an object of its
 * five fields.
 */
export function storageLevelOf(level: StorageLevel): StorageLevel {
  const { useDisk, useMemory, useOffHeap, deserialized, replication } = level;
  const named = Object.values(StorageLevels).find(
    (one) =>
      one.useDisk === useDisk &&
      one.useMemory === useMemory &&
      one.useOffHeap === useOffHeap &&
      one.deserialized === deserialized &&
      one.replication === replication,
  );
  return named ?? { useDisk, useMemory, useOffHeap, deserialized, replication };
}
