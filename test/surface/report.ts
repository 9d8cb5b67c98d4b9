/** Says what of PySpark's surface is missing or has no test: `node test/surface/report.ts [owner]...` */
import { surface } from "./coverage.ts";

const wanted = process.argv.slice(2);
const names = surface().filter(({ owner }) => wanted.length === 0 || wanted.includes(owner));
for (const owner of new Set(names.map((name) => name.owner))) {
  const all = names.filter((name) => name.owner === owner);
  const due = all.filter(({ excuse }) => excuse === undefined);
  const missing = due.filter(({ implemented }) => !implemented);
  const untested = due.filter(({ implemented, tested }) => implemented && !tested);
  console.log(
    `${owner}: ${all.length} names, ${all.length - due.length} excused, ${missing.length} missing, ${untested.length} without a test`,
  );
  if (missing.length > 0) console.log(`    missing: ${missing.map(({ name }) => name).join(" ")}`);
  if (untested.length > 0) console.log(`    without a test: ${untested.map(({ name }) => name).join(" ")}`);
}
