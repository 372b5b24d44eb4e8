// node compare.mjs api.graphql cases.jsonl answers.jsonl
// Executes each case with graphql-js and holds the gateway's answer against it: data with the order of its keys,
// and the paths of errors. Exits 1 if any differs.
import { buildSchema, graphql } from 'graphql';
import fs from 'fs';
import { reset, root } from './market.mjs';

const [api, casesFile, answersFile] = process.argv.slice(2);
const schema = buildSchema(fs.readFileSync(api, 'utf8'));
const lines = file => fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const cases = lines(casesFile);
const answers = lines(answersFile);

// Without data the request was refused: that it was is compared, not how it was told.
const essence = ({ data, errors }) =>
  data === undefined ? 'refused' : JSON.stringify([data, (errors ?? []).map(e => e.path ?? null)]);

let different = 0;
let failing = 0;
for (const [i, { q, v, op }] of cases.entries()) {
  reset();
  const wanted = await graphql({ schema, source: q, rootValue: root, variableValues: v, operationName: op });
  if (wanted.errors) failing += 1;
  if (essence(wanted) === essence(answers[i])) continue;
  different += 1;
  if (different > 10) continue;
  console.log(`case ${i + 1}: ${q} ${JSON.stringify(v ?? null)}`);
  console.log(`  wanted ${JSON.stringify(wanted)}`);
  console.log(`  got    ${JSON.stringify(answers[i])}`);
}
console.log(`${cases.length - different} of ${cases.length} equal, ${failing} of them with errors`);
process.exit(different ? 1 : 0);
