import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const FILE = join(import.meta.dirname, '../src/api/openapi.d.ts');
const DOCUMENT = join(import.meta.dirname, '../../../docs/openapi.json');

// The types of the client, from the committed description of the API. They are made anew before each check of types, and never committed.
const types = await openapiTS(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
writeFileSync(FILE, astToString(types));
