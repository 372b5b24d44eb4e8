// node introspection.mjs query            writes the standard introspection query as a case
// node introspection.mjs api.graphql answers.jsonl   holds the gateway's answer to it against graphql-js
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  introspectionFromSchema,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import fs from 'fs';

const options = { descriptions: true, specifiedByUrl: true, inputValueDeprecation: true, directiveIsRepeatable: true, oneOf: true };
const [first, answersFile] = process.argv.slice(2);
if (first === 'query') {
  console.log(JSON.stringify({ q: getIntrospectionQuery(options) }));
} else {
  const answer = JSON.parse(fs.readFileSync(answersFile, 'utf8').split('\n')[0]);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  const print = data => printSchema(lexicographicSortSchema(buildClientSchema(data))).split('\n');
  const got = print(answer.data);
  const wanted = print(introspectionFromSchema(buildSchema(fs.readFileSync(first, 'utf8')), options));
  const at = wanted.findIndex((line, i) => line !== got[i]);
  if (at >= 0 || got.length !== wanted.length) {
    console.log('wanted', wanted.slice(at - 2, at + 4), 'got', got.slice(at - 2, at + 4));
    process.exit(1);
  }
  console.log(`${wanted.length} lines of schema equal`);
}
