/** Where a cached DataFrame is kept. @see org.apache.spark.storage.StorageLevel */
export interface StorageLevel {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  readonly deserialized: boolean;
  readonly replication: number;
}

function level(useDisk: boolean, useMemory: boolean, deserialized: boolean, replication = 1): StorageLevel {
  return { useDisk, useMemory, useOffHeap: false, deserialized, replication };
}

/** Spark's named storage levels; `MEMORY_AND_DISK_DESER` is that of `cache()`. */
export const StorageLevels: {
  readonly NONE: StorageLevel;
  readonly DISK_ONLY: StorageLevel;
  readonly MEMORY_ONLY: StorageLevel;
  readonly MEMORY_AND_DISK: StorageLevel;
  readonly MEMORY_AND_DISK_DESER: StorageLevel;
  readonly OFF_HEAP: StorageLevel;
} = {
  NONE: level(false, false, false),
  DISK_ONLY: level(true, false, false),
  MEMORY_ONLY: level(false, true, false),
  MEMORY_AND_DISK: level(true, true, false),
  MEMORY_AND_DISK_DESER: level(true, true, true),
  OFF_HEAP: { ...level(true, true, false), useOffHeap: true },
};
