/** A catalog: a place where databases are. @see org.apache.spark.sql.catalog.CatalogMetadata */
export interface CatalogMetadata {
  readonly name: string;
  readonly description: string | null;
}

/** A database. @see org.apache.spark.sql.catalog.Database */
export interface DatabaseMetadata {
  readonly name: string;
  readonly catalog: string | null;
  readonly description: string | null;
  readonly locationUri: string;
}

/** A table or view. @see org.apache.spark.sql.catalog.Table */
export interface TableMetadata {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  /** MANAGED, EXTERNAL, VIEW or TEMPORARY. */
  readonly tableType: string;
  readonly isTemporary: boolean;
}

/** A column of a table. @see org.apache.spark.sql.catalog.Column */
export interface ColumnMetadata {
  readonly name: string;
  readonly description: string | null;
  /** As SQL writes it: `decimal(10,2)`. */
  readonly dataType: string;
  readonly nullable: boolean;
  readonly isPartition: boolean;
  readonly isBucket: boolean;
  readonly isCluster: boolean;
}

/** A function. @see org.apache.spark.sql.catalog.Function */
export interface FunctionMetadata {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  /** The Java class that implements it. */
  readonly className: string | null;
  /** Built in or registered in this session, rather than stored in a catalog. */
  readonly isTemporary: boolean;
}

/** A partition of a table. */
export interface TablePartition {
  /** The values of the partition columns as in a path: `day=2001-01-01/hour=7`. */
  readonly partition: string;
}
