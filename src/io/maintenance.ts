/** Operations that change no row: some move rows between files, others the description of the table. */
const maintenance =
  /^(OPTIMIZE|VACUUM.*|REORG.*|SET .*|UNSET .*|ADD .*|CHANGE COLUMNS?|ALTER .*|RENAME .*|UPDATE SCHEMA|UPDATE COLUMN METADATA|UPGRADE PROTOCOL|CLUSTER BY|COMPUTE STATS|ANALYZE.*|DROP CONSTRAINT|DROP FEATURE|ROW TRACKING .*|DOMAIN METADATA .*|AUTO COMPACTION)$/;

/** Whether a commit of Delta's operation leaves all rows of a table as they are. */
export function isMaintenance(operation: string): boolean {
  return maintenance.test(operation);
}
