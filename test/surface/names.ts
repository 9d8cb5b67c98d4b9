/** Names that are not just PySpark's in camel case: where PySpark's runs words together, ours does not. */
const ours: Readonly<Record<string, string>> = {
  "functions.dayname": "dayName",
  "functions.dayofmonth": "dayOfMonth",
  "functions.dayofweek": "dayOfWeek",
  "functions.dayofyear": "dayOfYear",
  "functions.endswith": "endsWith",
  "functions.getbit": "getBit",
  "functions.monthname": "monthName",
  "functions.shiftleft": "shiftLeft",
  "functions.shiftright": "shiftRight",
  "functions.shiftrightunsigned": "shiftRightUnsigned",
  "functions.st_asbinary": "stAsBinary",
  "functions.st_geogfromwkb": "stGeogFromWkb",
  "functions.st_geomfromwkb": "stGeomFromWkb",
  "functions.st_setsrid": "stSetSrid",
  "functions.startswith": "startsWith",
  "functions.typeof": "typeOf",
  "functions.weekofyear": "weekOfYear",
  "Column.endswith": "endsWith",
  "Column.startswith": "startsWith",
  "Column.astype": "cast",
  "Column.to_plan": "toProto",
  "DataFrame.dropna": "dropNa",
  "DataFrame.fillna": "fillNa",
  "DataFrame.groupby": "groupBy",
  "SparkSession.Builder": "builder",
};

/** Our name for a name of PySpark: `char_length` is `charLength`. `owner` is a class, or `functions`. */
export function ourName(owner: string, name: string): string {
  const camelCase = name.replace(/(?<=[a-z0-9])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return ours[`${owner}.${name}`] ?? camelCase;
}
