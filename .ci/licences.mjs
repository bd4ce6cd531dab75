// Whether the licence of every package that the product is delivered with allows that: node .ci/licences.mjs
import { existsSync, readFileSync } from 'node:fs';

const ALLOWED = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CC-BY-3.0 CC-BY-4.0 ISC MIT MIT-0 MPL-2.0 PostgreSQL Python-2.0 Unlicense WTFPL Zlib'.split(
    ' ',
  ),
);
/** Read by a person: what a package says of itself badly, or not at all. */
const READ = { slick: 'MIT' };

/** Whether an SPDX expression leaves a way that is allowed: one of the alternatives, all of the conjunction. */
function isAllowed(expression) {
  return expression
    .replace(/^\((.*)\)$/, '$1')
    .split(/ OR /i)
    .some((way) => way.split(/ AND /i).every((one) => ALLOWED.has(one.trim().replace(/^\(|\)$/g, ''))));
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const refused = [];
let count = 0;
for (const [path, entry] of Object.entries(packages)) {
  if (!path || entry.dev || entry.link) continue;
  count++;
  const name = path.replace(/^.*node_modules\//, '');
  const file = `${path}/package.json`;
  // Packages for other platforms are not installed; the lock knows their licence as well.
  const said = entry.license ?? (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : undefined);
  const licence = READ[name] ?? (typeof said === 'object' ? said?.type : said);
  if (!licence || !isAllowed(licence)) refused.push(`${name} ${entry.version}: ${licence ?? 'no licence'}`);
}
for (const one of refused) console.log(one);
console.log(`${count} packages, ${refused.length} with a licence that is not on the list`);
process.exitCode = refused.length > 0 ? 1 : 0;
