import { expect } from "chai";
import { sqlStatements } from "../../../src/sql-text/sql-statements.ts";

/** `kind`, then what is read, then what is written with `>` before it. */
const scan = (sql: string) =>
  sqlStatements(sql)
    .map(({ kind, tables }) =>
      [kind, ...tables.map(({ parts, role }) => `${role === "write" ? ">" : ""}${parts.join(".")}`)].join(
        " ",
      ),
    )
    .join("; ");

describe("SQL statements", () => {
  const cases: readonly [string, string][] = [
    [
      "select * from silver.flights f join bronze.airports using (iata)",
      "query silver.flights bronze.airports",
    ],
    ["select * FROM `silver`.`flights`", "query silver.flights"],
    ["select * from `silver.flights`", "query silver.flights"],
    ["select 'from a.b' -- from c.d\n from e.f", "query e.f"],
    ["select * from a.b x, c.d as y, e.f where 1 in (g, h)", "query a.b c.d e.f"],
    ["select * from (select 1) t", "query"],
    ["from main.a.b |> select c", "query main.a.b"],
    // Common table expressions
    ["with x as (select 1 from a.b) select * from x", "query a.b"],
    ["with orders as (select * from orders where n > 0) select count(*) from orders", "query orders"],
    ["with orders (n) as (select 1) select n from orders", "query"],
    ["with recursive r as (select 1 union all select * from r) select * from r", "query"],
    [
      "with recursive r(n) max recursion level 200 as (select 1 union all select n from r, one) select * from r",
      "query one",
    ],
    ["with a as (select * from b), b as (select * from a) select * from b, a", "query b"],
    ["with a as (with b as (select 1) select * from b) select * from b", "query b"],
    ["select * from (with a as (select 1) select * from a) join a", "query a"],
    [
      "with a as (select 1) select (select max(x) from a), exists(select 1 from b where b.x = a.x) from c",
      "query b c",
    ],
    // Spark takes AS for the name.
    ["with recursive as (select 1) select * from recursive", "query recursive"],
    ["with recursive (n) as (select 1) select * from recursive", "query"],
    ["with A as (select 1) select * from a, x.a", "query x.a"],
    // FROM that is none of a query
    [
      "select extract(year from sold), trim(both '-' from region), trim(from x) from sales where old is distinct from region",
      "query sales",
    ],
    ["select substring(x from 1 for 2), overlay(a placing b from 3), position('a' in b) from t", "query t"],
    ["select a is not distinct from b, from_, t.from, x as from from t", "query t"],
    ["select from from from", "query from"],
    ["select * except (a, b), count(*) from t except select * from u", "query t u"],
    ["select x::array<int> from t", "query t"],
    // Relations
    [
      "select * from a left outer join b on a.x = b.x and a.y in (select y from c), d cross join e",
      "query a b c d e",
    ],
    ["select * from (a join b) natural join ((c))", "query a b c"],
    ["select * from ((select 1 from a) union (select 2 from b)) x, c", "query a b c"],
    ["select * from a, lateral (select 1 from d where d.x = a.x) e, f", "query a d f"],
    ["select * from a lateral view explode(x) y as z, w where z in (select 1 from b)", "query a b"],
    ["select * from values (1), (2) as t (a), b", "query b"],
    ["values (1), ((select max(x) from a))", "query a"],
    [
      "select * from range(10) r, explode(array(1)) e, f(table(a.b), x => table(select * from c)) g",
      "query a.b c",
    ],
    ["select * from table_changes('a.b', 0)", "query a.b"],
    [
      "select * from a version as of 3 x, b for timestamp as of '2020-01-01' y, c timestamp as of now() - interval 1 day, d",
      "query a b c d",
    ],
    ["select * from a tablesample (10 rows) x, b tablesample (1 percent) repeatable (3), c", "query a b c"],
    ["select * from a pivot (sum(x) for y in (1, 2)), b unpivot (v for n in (p, q)) u, c", "query a b c"],
    [
      "select * from a, b |> where x > 1 |> join c on a.x = c.x |> select p, q |> union all table d",
      "query a b c d",
    ],
    ["from a |> left outer join b using (x) |> aggregate sum(p), q group by r, s", "query a b"],
    ["(select 1 from a) union all (table b) intersect from c select x order by y", "query a b c"],
    ["select * from identifier('a.b') x join identifier('c' || '.d')", "query a.b c.d"],
    ["select * from delta.`/a/b`, parquet.`/c`", "query delta./a/b parquet./c"],
    ["select * from a window w as (order by x), b", "query a"],
    [
      "select sum(x) over (partition by y order by z), map(1, 2) from a group by all order by p, q limit 1",
      "query a",
    ],
    ["select /*+ broadcast(b) */ * from a join b", "query a b"],
    ["select transform(a) using 'cat' as (b) from c", "query c"],
    ["select left(a, 1), right(b, 2) from c left join d on left(x, 1) = y", "query c d"],
    ["select * from join_ j, from_ f", "query join_ from_"],
    ["select case when x in (select 1 from a) then 1 end from b", "query a b"],
    ["from a insert into b select x insert into c select y", "command a >b >c"],
    // Commands
    ["insert into a (x, y) select * from b", "command >a b"],
    ["insert overwrite table a partition (p = 1) table b", "command >a b"],
    ["with a as (select 1) insert into b select * from a, c", "command >b c"],
    ["insert into a replace where x > 1 (select * from b)", "command >a b"],
    ["insert into a values (1, (select 2 from b))", "command >a b"],
    [
      "merge into a as t using b s on t.x = s.x when matched and s.y in (select y from c) then update set * when not matched then insert (x) values (s.x)",
      "command >a b c",
    ],
    [
      "merge with schema evolution into a using (select * from b) s on true when matched then delete",
      "command >a b",
    ],
    ["update a set x = (select max(x) from b) where y is distinct from z", "command >a b"],
    ["delete from a t where exists (select 1 from b where b.x = t.x)", "command >a b"],
    ["create or replace table if not exists a using delta as select * from b", "command >a b"],
    ["create table a using delta select * from b", "command >a b"],
    ["create table a (x int, b string)", "command >a"],
    ["create table a like b", "command >a b"],
    ["create table a shallow clone b version as of 1", "command >a b"],
    ["create temporary view v as with x as (select 1) select * from x, b", "command >v b"],
    ["explain extended select * from a", "command a"],
    ["drop table if exists a.b", "command >a.b"],
    ["truncate table a", "command >a"],
    ["alter table a add columns (x int)", "command >a"],
    ["comment on table a is 'from b'", "command >a"],
    ["describe extended a.b", "command a.b"],
    ["describe history a", "command a"],
    ["describe query select * from a", "command a"],
    ["show columns from a", "command a"],
    ["show tables in a", "command"],
    ["optimize a zorder by (x)", "command >a"],
    ["vacuum a retain 168 hours", "command >a"],
    ["restore table a to version as of 1", "command >a"],
    ["cache table a", "command a"],
    ["set x = 1", "command"],
    ["use a", "command"],
    ["begin if exists (select 1 from a) then insert into b select 1 from c; end if; end", "command a >b c"],
    ["selct 1", "command"],
    // Several
    ["select 1; select 2 from a", "query; query a"],
    [";; select 1 ; -- no more\n ;", "query"],
    ["-- nothing", ""],
    ["select ';' from a", "query a"],
  ];
  for (const [sql, expected] of cases) it(sql, () => expect(scan(sql)).to.equal(expected));

  it("tell of names that are made of parameters", () => {
    const computed = (sql: string) =>
      sqlStatements(sql).flatMap((one) => one.computed.map(({ pieces }) => pieces));
    expect(
      computed("select * from identifier(:s || '.t'), identifier(:s).u, identifier(concat(:a))"),
    ).to.deep.equal([
      [{ parameter: "s" }, { text: ".t" }],
      [{ parameter: "s" }, { text: ".`u`" }],
      undefined,
    ]);
  });
});
