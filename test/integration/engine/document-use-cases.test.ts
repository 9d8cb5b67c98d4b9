import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import type { RunEvent } from "../../../src/events/run-event.ts";
import { BaseExecutor } from "../../../src/facade/base-executor.ts";
import { Context } from "../../../src/facade/context.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { getSpark } from "../spark.ts";
import { engineSession } from "./engine-project.ts";

// The YAML of both use cases stands here as the document prints it.
const simpleEtl = `nodes:
  extract:
    function: "etl.extract_raw"
    output: ["bronze.events"]
  
  transform:
    function: "etl.clean_and_normalize"
    dependencies: ["extract"]
    output: ["silver.events"]
  
  load:
    function: "etl.aggregate"
    dependencies: ["transform"]
    output: ["gold.summary"]
`;

const etl = `
import type { DataFrame } from "sparkwright/sql";
import type { NodeContext } from "sparkwright";

const source = \`
  select * from values
    (1, 'Click ', date'2024-12-31', 1.10), (2, ' view', date'2025-01-01', 2.20), (3, 'CLICK', date'2025-01-15', 3.30),
    (4, null,     date'2025-01-20', 4.40), (5, 'View',  date'2025-01-31', 5.50), (6, 'click', date'2025-02-01', 6.60)
    as events(id, kind, day, amount)\`;

export async function extract_raw(ctx: NodeContext): Promise<DataFrame> {
  const events = await ctx.spark.sql(source);
  return events.where(\`day between '\${ctx.startDate}' and '\${ctx.endDate}'\`);
}

export const cleanAndNormalize = (events: DataFrame, _ctx: NodeContext): DataFrame =>
  events.where("kind is not null").selectExpr("id", "lower(trim(kind)) as kind", "day", "amount");

export const aggregate = (events: DataFrame): DataFrame =>
  events.groupBy("kind").agg({ id: "count", amount: "sum" }).toDF("kind", "events", "amount");
`;

const independentNodes = `nodes:
  load_customers:
    function: "sources.load_customers"
    output: ["raw.customers"]
  
  load_orders:
    function: "sources.load_orders"
    output: ["raw.orders"]
  
  load_products:
    function: "sources.load_products"
    output: ["raw.products"]
  
  join_all:  # Depends on all three
    function: "transform.combine"
    dependencies:
      - load_customers
      - load_orders
      - load_products
    output: ["unified.data"]
`;

const sources = `
import type { DataFrame } from "sparkwright/sql";
import type { NodeContext } from "sparkwright";

const rows = (text: string) => (ctx: NodeContext): Promise<DataFrame> => ctx.spark.sql(text);
export const loadCustomers = rows("select * from values (1, 'Ada'), (2, 'Grace') as c(customer_id, customer)");
export const loadOrders = rows(
  "select * from values (10, 1, 100, 2), (11, 2, 101, 1), (12, 1, 101, 5), (13, 3, 100, 1) as o(order_id, customer_id, product_id, quantity)",
);
export const loadProducts = rows("select * from values (100, 0.25), (101, 9.99) as p(product_id, price)");
`;

const transform = `
import type { DataFrame } from "sparkwright/sql";

export const combine = (customers: DataFrame, orders: DataFrame, products: DataFrame): DataFrame =>
  orders
    .join(customers, "customer_id")
    .join(products, "product_id")
    .selectExpr("order_id", "customer", "cast(quantity * price as decimal(10,2)) as total");
`;

const tables = [
  "bronze.events",
  "silver.events",
  "gold.summary",
  "raw.customers",
  "raw.orders",
  "raw.products",
  "unified.data",
];

describe("use cases of the document", function () {
  this.timeout(240_000);

  const drop = async () => {
    const spark = await getSpark();
    for (const table of tables) await spark.sql(`DROP TABLE IF EXISTS ${table}`);
  };
  before(drop);
  after(drop);

  const folder = (files: Readonly<Record<string, string>>): string => {
    const root = mkdtempSync(join(tmpdir(), "use-case-"));
    for (const [name, text] of Object.entries({ "package.json": '{"type":"module"}', ...files })) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return root;
  };

  const rows = async (query: string): Promise<string[]> =>
    (await (await (await getSpark()).sql(query)).collect()).map((row) =>
      Object.values(row).map(String).join(" "),
    );

  /** Where in the run a node reached a state. */
  const at = (events: readonly RunEvent[], type: RunEvent["type"], node: string): number => {
    const index = events.findIndex((event) => event.type === type && "node" in event && event.node === node);
    if (index < 0) throw new Error(`${node} was never ${type}`);
    return index;
  };

  it("1: extract, transform, load, one after the other", async () => {
    const root = folder({ "config.yaml": simpleEtl, "src/etl.ts": etl });
    const events: RunEvent[] = [];
    await using executor = new BaseExecutor({
      context: await Context.load(join(root, "config.yaml")),
      openSession: () => engineSession(),
      onEvent: (event) => void events.push(event),
    });
    const summary = await executor.executePipeline({
      pipelineName: "daily_etl",
      startDate: "2025-01-01",
      endDate: "2025-01-31",
    });

    expect(summary).to.include({
      pipeline: "daily_etl",
      status: "success",
      completed: 3,
      failed: 0,
      skipped: 0,
      rows: 4n + 3n + 2n,
    });
    expect(summary.nodes.map(({ name }) => name)).to.deep.equal(["extract", "transform", "load"]);
    expect(at(events, "node_succeeded", "extract")).to.be.lessThan(at(events, "node_started", "transform"));
    expect(at(events, "node_succeeded", "transform")).to.be.lessThan(at(events, "node_started", "load"));

    expect(await rows("select id, kind, amount from bronze.events order by id")).to.deep.equal([
      "2  view 2.20",
      "3 CLICK 3.30",
      "4 null 4.40",
      "5 View 5.50",
    ]);
    expect(await rows("select id, kind, day from silver.events order by id")).to.deep.equal([
      "2 view 2025-01-01",
      "3 click 2025-01-15",
      "5 view 2025-01-31",
    ]);
    expect(await rows("select * from gold.summary order by kind")).to.deep.equal([
      "click 1 3.30",
      "view 2 7.70",
    ]);

    const session = await executor.session();
    const gold = await executor.inputLoader.load({ dataset: "gold.summary", session });
    expect(await gold.count()).to.equal(2n);

    const store = openRunStore(root);
    try {
      expect(store.getRun(summary.runId)).to.include({ pipeline: "daily_etl", state: "success", rows: 9n });
    } finally {
      store.close();
    }
  });

  it("4: three loads at the same time, then what joins them", async () => {
    const root = folder({
      "config.yaml": independentNodes,
      "src/sources.ts": sources,
      "src/transform.ts": transform,
    });
    const events: RunEvent[] = [];
    await using executor = new BaseExecutor({
      context: await Context.load(root),
      openSession: () => engineSession(),
      onEvent: (event) => void events.push(event),
    });
    const summary = await executor.executePipeline({ pipelineName: "multi_source" });

    expect(summary).to.include({
      pipeline: "multi_source",
      status: "success",
      completed: 4,
      rows: 2n + 4n + 2n + 3n,
    });
    const loads = ["load_customers", "load_orders", "load_products"];
    const lastStart = Math.max(...loads.map((node) => at(events, "node_started", node)));
    const ends = loads.map((node) => at(events, "node_succeeded", node));
    expect(lastStart).to.be.lessThan(Math.min(...ends));
    expect(at(events, "node_started", "join_all")).to.be.greaterThan(Math.max(...ends));

    expect(await rows("select * from unified.data order by order_id")).to.deep.equal([
      "10 Ada 0.50",
      "11 Grace 9.99",
      "12 Ada 49.95",
    ]);
  });
});
